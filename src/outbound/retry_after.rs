//! `Retry-After` (RFC 9110, section 10.2.3): when a server wants to be asked again.

use std::time::Duration;

use jiff::fmt::rfc2822::DateTimeParser;

/// How long to wait. A date counts from the answer's own `Date`, so that no clock but the server's has a say.
pub(super) fn wait(retry_after: &str, date: Option<&str>) -> Option<Duration> {
    let value = retry_after.trim();
    if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) {
        // More digits than a number holds are a very long time.
        return Some(Duration::from_secs(value.parse().unwrap_or(u64::from(u32::MAX))));
    }
    let instant = |text: &str| DateTimeParser::new().parse_timestamp(text.trim()).ok();
    let seconds = instant(value)?.as_second() - instant(date?)?.as_second();
    // What has passed need not be waited for.
    Some(Duration::from_secs(u64::try_from(seconds).unwrap_or(0)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn seconds_and_dates_are_read_and_nothing_else() {
        let date = Some("Sun, 06 Nov 1994 08:49:37 GMT");
        for (value, seconds) in [
            ("0", Some(0)),
            ("120", Some(120)),
            (" 7 ", Some(7)),
            ("99999999999999999999", Some(u64::from(u32::MAX))),
            ("Sun, 06 Nov 1994 08:49:57 GMT", Some(20)),
            ("Sun, 06 Nov 1994 08:00:00 GMT", Some(0)),
            ("", None),
            ("-1", None),
            ("1.5", None),
            ("soon", None),
            ("1994-11-06T08:49:57Z", None),
        ] {
            assert_eq!(wait(value, date), seconds.map(Duration::from_secs), "{value}");
        }
        assert_eq!(wait("Sun, 06 Nov 1994 08:49:57 GMT", None), None);
        assert_eq!(wait("Sun, 06 Nov 1994 08:49:57 GMT", Some("now")), None);
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_a_panic(value: String, date: Option<String>) {
            let _ = wait(&value, date.as_deref());
        }

        #[test]
        fn a_number_is_that_many_seconds(seconds in 0..u64::from(u32::MAX)) {
            prop_assert_eq!(wait(&seconds.to_string(), None), Some(Duration::from_secs(seconds)));
        }
    }
}
