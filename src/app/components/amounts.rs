//! Amounts in words: bytes, shares, times.

use crate::tr;

/// Bytes with a fitting unit: "3.5 MB".
pub fn bytes_words(bytes: u64) -> String {
    let all = bytes as f64;
    let of = |unit: f64| format!("{:.1}", all / unit);
    match all {
        all if all >= 1e12 => tr!("amount-tb", amount = of(1e12)),
        all if all >= 1e9 => tr!("amount-gb", amount = of(1e9)),
        all if all >= 1e6 => tr!("amount-mb", amount = of(1e6)),
        all if all >= 1e3 => tr!("amount-kb", amount = of(1e3)),
        _ => tr!("amount-bytes", count = bytes),
    }
}

/// A share from 0 to 1: "1.1 in 10,000", "1.3 %", "none".
pub fn share_words(share: f64) -> String {
    if share <= 0.0 {
        tr!("amount-none")
    } else if share < 0.001 {
        tr!("amount-in-ten-thousand", amount = format!("{:.1}", share * 10_000.0))
    } else {
        format!("{:.1} %", share * 100.0)
    }
}

/// Milliseconds: "8.4 ms", "340 ms", "1.2 s".
pub fn ms_words(ms: f64) -> String {
    match ms {
        ms if ms >= 1_000.0 => tr!("amount-s", amount = format!("{:.1}", ms / 1_000.0)),
        ms if ms >= 10.0 => tr!("amount-ms", amount = format!("{ms:.0}")),
        ms => tr!("amount-ms", amount = format!("{ms:.1}")),
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
