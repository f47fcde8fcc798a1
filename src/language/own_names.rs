//! Endonyms: the names of languages in the languages themselves, for those whose messages are not
//! there yet.

/// Endonyms by tag: those of China's neighbours and minorities, and of the visitors of its cities.
const OWN_NAMES: &[(&str, &str)] = &[
    ("ar", "العربية"),
    ("bo", "བོད་སྐད་"),
    ("de", "Deutsch"),
    ("es", "Español"),
    ("fr", "Français"),
    ("hi", "हिन्दी"),
    ("id", "Bahasa Indonesia"),
    ("it", "Italiano"),
    ("ja", "日本語"),
    ("kk", "Қазақша"),
    ("km", "ខ្មែរ"),
    ("ko", "한국어"),
    ("ky", "Кыргызча"),
    ("lo", "ລາວ"),
    ("mn", "Монгол"),
    ("ms", "Bahasa Melayu"),
    ("my", "မြန်မာ"),
    ("nl", "Nederlands"),
    ("pl", "Polski"),
    ("pt", "Português"),
    ("ru", "Русский"),
    ("th", "ไทย"),
    ("tr", "Türkçe"),
    ("ug", "ئۇيغۇرچە"),
    ("uk", "Українська"),
    ("vi", "Tiếng Việt"),
    ("zh-Hant", "繁體中文"),
    ("zh-HK", "繁體中文"),
    ("zh-MO", "繁體中文"),
    ("zh-TW", "繁體中文"),
    ("zh", "简体中文"),
];

/// The name of a language in itself, or its tag.
pub(super) fn own_name(tag: &str) -> &str {
    let name = OWN_NAMES.iter().find(|(known, _)| {
        tag.strip_prefix(known).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
    });
    name.map_or(tag, |(_, name)| *name)
}
