//! Amounts in words: bytes, shares, times.

/// Bytes with a fitting unit: "3.5 MB".
pub fn bytes_words(bytes: u64) -> String {
    const UNITS: [(&str, f64); 4] = [("TB", 1e12), ("GB", 1e9), ("MB", 1e6), ("kB", 1e3)];
    let amount = bytes as f64;
    match UNITS.iter().find(|(_, unit)| amount >= *unit) {
        Some((word, unit)) => format!("{:.1} {word}", amount / unit),
        None => format!("{bytes} bytes"),
    }
}

/// A share from 0 to 1: "1.1 in 10,000", "1.3 %", "none".
pub fn share_words(share: f64) -> String {
    if share <= 0.0 {
        "none".to_owned()
    } else if share < 0.001 {
        format!("{:.1} in 10,000", share * 10_000.0)
    } else {
        format!("{:.1} %", share * 100.0)
    }
}

/// Milliseconds: "8.4 ms", "340 ms", "1.2 s".
pub fn ms_words(ms: f64) -> String {
    match ms {
        ms if ms >= 1_000.0 => format!("{:.1} s", ms / 1_000.0),
        ms if ms >= 10.0 => format!("{ms:.0} ms"),
        ms => format!("{ms:.1} ms"),
    }
}

/// A count and its noun, which gets an s unless there is one.
pub fn counted(count: u64, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_read_well() {
        assert_eq!(
            [999, 1_000, 3_481_789, 174_383_860].map(bytes_words),
            ["999 bytes", "1.0 kB", "3.5 MB", "174.4 MB"]
        );
        assert_eq!([0.0, 0.00011, 0.0021, 0.99].map(share_words), ["none", "1.1 in 10,000", "0.2 %", "99.0 %"]);
        assert_eq!([3.94, 340.2, 1_234.0].map(ms_words), ["3.9 ms", "340 ms", "1.2 s"]);
        assert_eq!([1, 2].map(|count| counted(count, "photo")), ["1 photo", "2 photos"]);
    }
}
