"""Tests of style.py: python3 -m unittest discover tests/style"""

import contextlib
import io
import unittest

import style


def count(text, name="src/a.rs"):
    places, docs, words = style.measure({name: text})
    return {figure: len(found) for figure, found in places.items() if found}, docs, words


class StyleTest(unittest.TestCase):
    def test_doc_lines_that_begin_with_what_are_counted(self):
        text = "//! What it is.\n/// What: this.\n/// Whatever.\n// What.\n//// What.\nfn f() {} /// What\n"
        self.assertEqual(count(text), ({style.WHAT: 2}, 3, []))

    def test_stand_is_counted_in_comments_only(self):
        text = '// It stands\n/// They stand.\n// standard, Standing\nlet a = "// it stands"; // stand\n'
        self.assertEqual(count(text)[0], {style.STANDS: 3})

    def test_filters_with_unused_arguments_are_counted(self):
        text = (
            "a.filter(|_| b); a.filter(|()| b); a.filter(|_x| b); a.filter(\n|_: &u8| b);\n"
            "a.filter(|x| b); a.filter(|(_, x)| b); a.filter_map(|_| b); // a.filter(|_| b)\n"
        )
        self.assertEqual(count(text)[0], {style.FILTERS: 4})

    def test_closures_bound_to_locals_are_counted(self):
        text = (
            "let a = |x| x; let b = move || 1; let mut c: F = |x| x; let d =\n    |x| x;\n"
            'let e = f(|x| x); let g = a || b; let h = "let i = |x|"; let c = \'"\'; g(|x| x);\n'
        )
        self.assertEqual(count(text)[0], {style.CLOSURES: 4})

    def test_columns_are_characters(self):
        text = "a" * 101 + "\n" + "b" * 100 + "\n" + "水" * 100 + "\n" + "// " + "c" * 98 + "\n"
        self.assertEqual(count(text)[0], {style.COLUMNS: 2})

    def test_long_functions_are_counted(self):
        def function(lines):
            return "fn f<'a>(\n    x: [u8; 2],\n) {\n    let s = \"}\"; // }\n" + "\n" * (lines - 5) + "}\n"

        text = function(61) + function(60) + "trait T { fn g(&self); }\n" + "\n" * 90
        self.assertEqual(count(text)[0], {style.FUNCTIONS: 1})

    def test_full_folders_are_counted(self):
        files = {f"src/a/{number}.rs": "" for number in range(15)}
        files |= {f"src/b/{number}.rs": "" for number in range(14)}
        self.assertEqual(style.measure(files)[0][style.FOLDERS], ["src/a: 15"])

    def test_words_of_test_names_are_counted(self):
        text = "#[test]\nfn a_b_c() {}\n#[test]\n#[should_panic]\nfn a() {}\nfn b_c() {}\n"
        self.assertEqual(count(text)[2], [3, 1])

    def test_report_fails_over_a_limit_and_names_the_place(self):
        output = io.StringIO()
        with contextlib.redirect_stdout(output):
            is_good = [style.report({"src/a.rs": "// a\n"}), style.report({"src/a.rs": "// " + "a" * 98})]
        self.assertEqual(is_good, [True, False])
        self.assertIn("lines over 100 columns: 1 (at most 0), TOO MANY\n  src/a.rs:1\n", output.getvalue())

    def test_share_of_what_has_a_limit(self):
        docs = "/// Good.\n" * 199
        with contextlib.redirect_stdout(io.StringIO()):
            self.assertTrue(style.report({"src/a.rs": docs + "/// What.\n"}))
            self.assertFalse(style.report({"src/a.rs": docs + "/// What.\n/// What.\n"}))


if __name__ == "__main__":
    unittest.main()
