//! Photos of 50 million pixels, many at once: files of a few hundred kilobytes that cost much to unpack.

use std::{io::Write, thread, time::Duration};

use anyhow::Result;
use flate2::{Compression, Crc, write::ZlibEncoder};

use super::{Finding, Setting, clients::Caller};

/// Photos at once.
const AT_ONCE: usize = 16;
/// Their sides: 50 million pixels, the most that is taken.
const WIDTH: u32 = 8_160;
const HEIGHT: u32 = 6_120;
/// How long the server rests before its memory is read.
const REST: Duration = Duration::from_secs(5);
/// Above idle, kilobytes.
const ABOVE_IDLE_MAX: u64 = 300_000;

pub fn run(setting: &Setting) -> Result<Vec<Finding>> {
    let photos = [
        ("gray PNG", png(0, 1)?),
        ("colour PNG", png(2, 3)?),
        ("colour PNG with transparency", png(6, 4)?),
        ("gray JPEG", jpeg(1, 1)),
        ("gray JPEG that is to be turned", jpeg(6, 1)),
        ("colour JPEG that is to be turned", jpeg(6, 3)),
    ];
    let mut findings = Vec::new();
    for (name, photo) in &photos {
        // Each kind in a process of its own: what one left is not the next one's.
        let mut server = setting.prepare("trust-memory")?;
        server.start()?;
        let caller = Caller::of(&server, "admin")?;
        let session = caller.session(caller.class()?, "Large")?.to_string();
        let send = |caller: &Caller, photo: &[u8]| {
            caller.post_form("/api/attendance/mark/", &[("session", &session)], ("image", photo))
        };
        send(&caller, &setting.portrait()?)?.done()?;
        thread::sleep(REST);
        let idle = server.memory("VmRSS")?;
        server.forget_peak()?;
        let statuses: Vec<u16> = thread::scope(|scope| {
            let one = |_| {
                let caller = caller.again();
                scope.spawn(move || send(&caller, photo).map(|answer| answer.status))
            };
            let threads: Vec<_> = (0..AT_ONCE).map(one).collect();
            threads.into_iter().filter_map(|thread| thread.join().ok()?.ok()).collect()
        });
        let above = server.memory("VmHWM")?.saturating_sub(idle);
        let looked = statuses.iter().filter(|status| matches!(status, 200..500)).count();
        let answered = statuses.iter().all(|status| matches!(status, 200..500 | 503)) && statuses.len() == AT_ONCE;
        findings.push(Finding::new(
            format!(
                "{AT_ONCE} at once, {name} of {} million pixels, {} kB",
                WIDTH * HEIGHT / 1_000_000,
                photo.len() / 1_000
            ),
            format!("{} MB above idle ({} MB), {looked} looked at", above / 1_000, idle / 1_000),
            "300 MB above idle, each answered",
            above <= ABOVE_IDLE_MAX && answered && looked > 0,
        ));
    }
    Ok(findings)
}

/// A black picture of this colour type and so many bytes a pixel.
fn png(colour: u8, bytes: u32) -> Result<Vec<u8>> {
    let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut head = [WIDTH.to_be_bytes(), HEIGHT.to_be_bytes()].concat();
    head.extend([8, colour, 0, 0, 0]);
    chunk(&mut file, b"IHDR", &head);
    let mut packed = ZlibEncoder::new(Vec::new(), Compression::best());
    let line = vec![0; 1 + (WIDTH * bytes) as usize];
    for _ in 0..HEIGHT {
        packed.write_all(&line)?;
    }
    chunk(&mut file, b"IDAT", &packed.finish()?);
    chunk(&mut file, b"IEND", &[]);
    Ok(file)
}

fn chunk(file: &mut Vec<u8>, kind: &[u8; 4], data: &[u8]) {
    file.extend((data.len() as u32).to_be_bytes());
    file.extend(kind);
    file.extend(data);
    let mut sum = Crc::new();
    sum.update(kind);
    sum.update(data);
    file.extend(sum.sum().to_be_bytes());
}

/// A gray picture of so many components, which a viewer turns as the Exif orientation says. Every block is two bits: no
/// difference to the one before, and nothing else.
fn jpeg(orientation: u8, components: u8) -> Vec<u8> {
    let mut file = vec![0xff, 0xd8];
    let mut exif = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
    exif.extend([orientation, 0, 0, 0, 0, 0, 0]);
    segment(&mut file, 0xe1, &exif);
    let mut table = vec![0];
    table.extend([1; 64]);
    segment(&mut file, 0xdb, &table);
    let mut frame = vec![8];
    frame.extend((HEIGHT as u16).to_be_bytes());
    frame.extend((WIDTH as u16).to_be_bytes());
    frame.push(components);
    frame.extend((1..=components).flat_map(|component| [component, 0x11, 0]));
    segment(&mut file, 0xc0, &frame);
    for class in [0x00, 0x10] {
        let mut codes = vec![class];
        codes.extend([1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        segment(&mut file, 0xc4, &codes);
    }
    let mut scan = vec![components];
    scan.extend((1..=components).flat_map(|component| [component, 0x00]));
    scan.extend([0, 63, 0]);
    segment(&mut file, 0xda, &scan);
    let blocks = WIDTH.div_ceil(8) * HEIGHT.div_ceil(8) * u32::from(components);
    file.extend(vec![0; (blocks * 2).div_ceil(8) as usize]);
    file.extend([0xff, 0xd9]);
    file
}

fn segment(file: &mut Vec<u8>, marker: u8, data: &[u8]) {
    file.extend([0xff, marker]);
    file.extend((data.len() as u16 + 2).to_be_bytes());
    file.extend(data);
}
