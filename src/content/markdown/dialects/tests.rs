//! Tables of texts with their literal marks.

use std::sync::Arc;

use super::super::body;
use crate::diagnostic::{Code, Diagnostics};

/// The literal marks of a body: each mark with its remedy in English.
fn marks(markdown: &str) -> Vec<(String, String)> {
    let mut diagnostics = Diagnostics::default();
    body::read(markdown, 0, &Arc::from("x.md"), &mut diagnostics);
    diagnostics
        .into_sorted()
        .into_iter()
        .filter(|one| matches!(one.code, Code::LiteralMark | Code::LiteralEmphasis))
        .map(|one| {
            let help = one.help.as_ref().map_or_else(String::new, |help| help.en().to_owned());
            (markdown[one.span].to_owned(), help)
        })
        .collect()
}

/// Checks the first mark of each body and a part of its remedy.
fn assert_marked(cases: &[(&str, &str, &str)]) {
    for (markdown, mark, remedy) in cases {
        let found = marks(markdown);
        let first = found.first().unwrap_or_else(|| panic!("nothing in {markdown}"));
        assert_eq!(first.0, *mark, "{markdown}");
        assert!(first.1.contains(remedy), "{markdown}: {}", first.1);
    }
}

#[test]
fn emphasis_beside_punctuation_is_rewritten() {
    assert_marked(&[
        ("**真，**她\n", "**", "`**真**，`"),
        ("新建**“水井”**十二口\n", "**", "`“**水井**”`"),
        ("**有效期：**自印发\n", "**", "`**有效期**：`"),
        ("- **有效期：**自印发\n", "**", "`**有效期**：`"),
        ("> **有效期：**自印发\n", "**", "`**有效期**：`"),
        ("| a |\n| - |\n| **有效期：**自印发 |\n", "**", "`**有效期**：`"),
        ("## **总则：**甲\n", "**", "`**总则**：`"),
        ("** 甲 **乙\n", "**", "`**甲**`"),
        ("~~有效期：~~自印发之日\n", "~~", "`~~有效期：~~ 自`"),
        ("原价~~（50元）~~现价\n", "~~", "~~（50元）~~"),
        ("报名~~“截止5月”~~延长\n", "~~", "~~“截止5月”~~"),
        ("新建__水井__十二口\n", "__", "`**水井**`"),
        ("他说_很好_。她\n", "_", "`*很好*`"),
        ("去年*强调。*她说\n", "*", "`*强调*。`"),
        ("**甲：**乙**丙：**丁\n", "**", "`**甲**：`"),
        ("**甲：**乙**丙**\n", "**", "punctuation outside"),
        ("The city **digs.\n", "**", "close the `**`"),
        ("*乙**\n", "*", "as many `*`"),
        ("***乙**\n", "*", "as many `*`"),
    ]);
    assert_eq!(marks("**真，**她\n").len(), 2);
}

#[test]
fn angle_brackets_without_effect_are_found() {
    assert_marked(&[
        ("<https://city.example/a b>\n", "<", "`%20`"),
        ("见<www.city.example>。\n", "<", "remove"),
    ]);
    assert!(marks("<https://city.example/>\n").is_empty());
    assert!(marks("\\<www.city.example\n").is_empty());
}

#[test]
fn marks_of_printed_pages_are_found() {
    assert_marked(&[
        ("— 3 —\n", "— 3 —", "page numbers"),
        ("第 5 页 共 6 页\n", "第 5 页 共 6 页", "page numbers"),
        ("一、甲........1\n二、乙........3\n", "一、甲........1", "page numbers"),
        ("===== =====\n甲     乙\n", "===== =====", "reStructuredText"),
        ("\\textbf{甲}\n", "\\textbf{甲}", "backticks"),
        ("{color:red}甲{color}\n", "{color:", "brace"),
        ("＝＝甲＝＝\n", "＝＝甲＝＝", "`**甲**`"),
        ("- 【x】甲\n", "【x】", "`[x] 甲`"),
        ("- 〔 〕甲\n", "〔 〕", "`[ ] 甲`"),
    ]);
    for text in ["—— 甲\n", "第5页\n", "甲……\n", "共 3...\n", "见第1页至第3页\n", "{甲}\n"]
    {
        assert!(marks(text).is_empty(), "{text}");
    }
}

#[test]
fn asterisks_of_formulas_are_found() {
    assert_marked(&[
        ("a*b*c\n", "*b*", "`×`"),
        ("体积为长*宽*高。\n", "*宽*", "`×`"),
        ("长5*3米和*重要*\n", "*3米和*", "`×`"),
        ("型号A*B*01\n", "*B*", "`\\*`"),
        ("A**B**01\n", "**B**", "`\\*`"),
        ("张*明、李*华\n", "*明、李*", "`\\*`"),
    ]);
}

#[test]
fn marks_of_old_sites_are_found() {
    assert_marked(&[
        ("[b]重要[/b]\n", "[/b]", "`**…**`"),
        ("[url=https://a.example/]网站[/url]\n", "[/url]", "`[words](address)`"),
        ("'''重要'''通知\n", "'''重要'''", "`**重要**`"),
        ("== 供热 ==\n", "== 供热 ==", "`## 供热`"),
        ("h2. 供热\n", "h2. 供热", "`## 供热`"),
        (".. note:: 甲\n", ".. note:: 甲", "reStructuredText"),
        ("第一段。\\n第二段。\n", "\\n", "new line"),
        ("见错误！未找到引用源。\n", "！未找到引用源", "what the document shows"),
        ("| a |\n| - |\n| Error! Bookmark not defined. |\n", "! Bookmark not defined", "Word"),
        ("PAGE \\* MERGEFORMAT\n", "MERGEFORMAT", "Word"),
        ("- [图片]\n", "[图片]", "beside this one"),
        ("甲{--乙--}{>>丙<<}\n", "{--乙--}", "remove it"),
        ("面积\\(x^2\\)米\n", "\\(x^2\\)", "plain characters"),
        ("\\[\\frac{1}{2}\\]\n", "\\[\\frac{1}{2}\\]", "plain characters"),
        ("> \\[!NOTE\\]\n> 甲\n", "\\[!NOTE\\]", "`> [!NOTE]`"),
        ("按`规定办理\n", "`", "both ends"),
        ("锟斤拷\n", "锟斤拷", "type them again"),
        ("见\\u54c8\\u5c14。\n", "\\u54c8\\u5c14", "`哈尔`"),
        ("=E5=93=88=E5=B0=94\n", "=E5=93=88=E5=B0=94", "`哈尔`"),
        ("| a |\n| - |\n| #REF! |\n", "#REF!", "the value itself"),
        ("| a |\n| - |\n| 2.30103E+17 |\n", "2.30103E+17", "the value itself"),
        ("见https：／／a.example\n", "：／／", "`://`"),
        ("邮箱：office＠city.example\n", "＠", "`@`"),
        ("甲。\n\n:smile: 好\n", ":smile: 好", "`\\:`"),
        ("甲。\n\n::: warning\n乙\n:::\n", "::: warning", "`> [!WARNING]`"),
    ]);
    for markdown in [
        "D:\\users\\u甲 a=E1 \\u0041\n",
        "| a |\n| - |\n| 1E+6 #1 |\n",
        "D:\\news 甲 a[/b c] [图片](a.png)\n",
        "'''\n",
        "甲 == 乙 ==\n",
        "term\n: meaning\n",
        "a \\(2026\\) \\[甲\\]\n",
        "`[图片]` my_Reference \\`\n",
    ] {
        assert_eq!(marks(markdown), [], "{markdown}");
    }
}

#[test]
fn marks_without_space_are_found() {
    assert_marked(&[
        ("##一、供热时间\n", "##", "`## 一、供热时间`"),
        ("甲\r\n##一、供热时间\r\n", "##", "`## 一、供热时间`"),
        ("- 甲\n  ##乙\n", "##", "`## 乙`"),
        ("＃＃ 一、供热时间\n", "＃＃", "`## 一、供热时间`"),
        ("##\u{3000}一、供热\n", "##", "`## 一、供热`"),
        ("#标题\n", "#", "`## 标题`"),
        ("####### Scope\n", "#######", "`###### Scope`"),
        ("＃＃＃＃＃＃＃ 一、供热\n", "＃＃＃＃＃＃＃", "`###### 一、供热`"),
        ("###1. Scope\n", "###", "`### 1. Scope`"),
        ("-甲\n", "-", "`- 甲`"),
        ("+甲\n", "+", "`+ 甲`"),
        ("*甲\n*乙\n", "*", "`* 甲`"),
        ("-\u{3000}甲\n", "-", "`- 甲`"),
        ("－甲\n", "－", "`- 甲`"),
        ("-One\n-Two\n", "-", "`- One`"),
        ("1.甲\n2.乙\n", "1.", "`1. 甲`"),
        ("1）甲\n", "1）", "`1) 甲`"),
        ("1.\u{3000}甲\n", "1.", "`1. 甲`"),
        ("＞引文\n", "＞", "`> 引文`"),
        ("　　## 供热\n", "##", "`## 供热`"),
        ("\u{200b}## 供热\n", "##", "`## 供热`"),
        ("　　- 甲\n", "-", "`- 甲`"),
        ("　　> 引文\n", ">", "`> 引文`"),
    ]);
}

#[test]
fn marks_of_dialects_are_found() {
    assert_marked(&[
        ("面积 5 m^2^。\n", "^2^", "`m²`"),
        ("面积5米^2^\n", "^2^", "`米²`"),
        ("CO~2~ 排放\n", "~2~", "`O₂`"),
        ("第 5^th^ 次\n", "^th^", "`5<sup>th</sup>`"),
        ("==高亮==\n", "==高亮==", "`**高亮**`"),
        ("[有效]{.underline}\n", "{.underline}", "no underline"),
        ("![图](a.png){width=50%}\n", "{width=50%}", "remove it"),
        ("{#id .class}\n", "{#id .class}", "remove it"),
        ("文字{: .red}\n", "{: .red}", "remove it"),
        ("::: warning\n甲\n:::\n", "::: warning", "`> [!WARNING]`"),
        ("[TOC]\n", "[TOC]", "table of contents"),
        ("[[toc]]\n", "[[toc]]", "table of contents"),
        ("@[toc]\n", "@[toc]", "table of contents"),
        ("\\[TOC\\]\n", "\\[TOC\\]", "table of contents"),
        ("甲\n\n\\[\\[\\_TOC\\_\\]\\]\n", "\\[\\[\\_TOC\\_\\]\\]", "table of contents"),
        ("～～～\n甲\n～～～\n", "～～～", "backticks"),
        ("｀｀｀rust\n甲\n｀｀｀\n", "｀｀｀rust", "backticks"),
        ("=======\n", "=======", "`---`"),
        ("| a | b |\n| - | - |\n| 1 | 2 |\n| ^^ | 3 |\n", "^^", "merged"),
        ("[甲]{.deletion author=\"Li\"\ndate=\"2026\"}乙\n", "{.deletion author=\"Li\"", "changes"),
        ("[甲]{.comment-start id=\"0\"\n}乙\n", "{.comment-start id=\"0\"", "comments"),
        ("热耗为$`q^{2}$`$\n", "$`q^{2}$`$", "not typeset"),
        ("面积100m2，\n", "m2", "`m²`"),
        ("38.32元/m2\n", "m2", "`m²`"),
        ("5 km2\n", "km2", "`km²`"),
        ("单价（元/m2）\n", "m2", "`m²`"),
        ("Table: Fees\n\n甲\n", "Table: Fees", "above or below"),
        ("{{< figure >}}\n", "{{< figure >}}", "templates"),
        ("{% include a %}\n", "{% include a %}", "templates"),
        ("{{ site.name }}\n", "{{ site.name }}", "templates"),
        ("见[[供热]]\n", "[[供热]]", "`供热.md`"),
        ("见[[a.md|供热]]\n", "[[a.md|供热]]", "`[供热](a.md)`"),
        ("> [!INFO]\n> 甲\n", "[!INFO]", "`> [!NOTE]`"),
        ("> [!注意]\n> 甲\n", "[!注意]", "`> [!WARNING]`"),
        ("> [!NOTE] 甲\n", "[!NOTE] 甲", "`> [!NOTE]`"),
        ("!!! danger\n", "!!! danger", "`> [!CAUTION]`"),
        ("$$\nx\n$$\n", "$$", "formulas"),
        ("面积$S=ab$\n", "$S=ab$", "formulas"),
        ("好:smile:\n", ":smile:", "character itself"),
        ("\\newpage\n", "\\newpage", "remove it"),
        ("2026---2027\n", "---", "`—`"),
        ("9--17\n", "--", "`–`"),
        ("哈尔滨--北京\n", "--", "`——`"),
        ("原价~50~元\n", "~50~", "`~~50~~`"),
        ("++新增++条款\n", "++新增++", "added words"),
        ("<% x %>\n", "<% x %>", "templates"),
        ("甲^[乙]\n", "^[乙]", "`[^1]: 乙`"),
        ("＊＊粗＊＊\n", "＊＊粗＊＊", "`**粗**`"),
        ("*[GDP]: 地区生产总值\n", "*[GDP]: 地区生产总值", "<abbr title="),
        ("| a | b |\n| - | - |\n| 1 | 2 |\n\n: 收费标准\n", ":", "`Table: 收费标准`"),
        ("名词\n：解释\n", "：", "`: 解释`"),
        ("- [ ]待办\n", "[ ]", "`[ ] 待办`"),
        ("- []待办\n- [X]完成\n", "[]", "`[ ] 待办`"),
        ("甲\n——————\n乙\n", "——————", "`---`"),
        ("内容如下\n2. 甲\n3. 乙\n", "2.", "empty line"),
        ("1。甲\n2。乙\n", "1。", "`1. 甲`"),
    ]);
}

#[test]
fn marks_of_copied_pages_are_found() {
    assert_marked(&[
        ("见<<办法>>\n", "<<办法>>", "`《办法》`"),
        ("共${count}户\n", "${count}", "text itself"),
        ("[]待办\n", "[]待办", "`- [ ] 待办`"),
        ("打印本页 | 关闭窗口\n", "打印本页 | 关闭窗口", "does nothing"),
        ("首页 > 公告\n", "首页 > 公告", "does nothing"),
        ("#供热# #民生#\n", "#供热# #民生#", "`topics`"),
    ]);
}

#[test]
fn residue_of_word_is_found() {
    assert_marked(&[
        ("<o:p></o:p>甲\n", "<o:p>", "Word"),
        ("1.<![endif]>甲\n", "<![endif]>", "Word"),
        ("甲&nbsp乙\n", "&nbsp", "character itself"),
        ("甲&amp;nbsp;乙\n", "&amp;nbsp;", "character itself"),
        ("\u{f0b7} 甲\n", "\u{f0b7}", "`- `"),
        ("甲\u{fffd}乙\n", "\u{fffd}", "type it again"),
        ("甲□□乙\n", "□□", "type them again"),
        ("甲&#xFFFD;乙\n", "&#xFFFD;", "type it again"),
        ("&#8203;甲\n", "&#8203;", "remove it"),
        ("甲\u{b}乙\n", "\u{b}", "press Enter"),
        ("水\u{200b}井\n", "\u{200b}", "type it again"),
        ("wa\u{ad}ter\n", "\u{ad}", "type it again"),
        ("a\u{202e}b\n", "\u{202e}", "type it again"),
        ("\u{202e}市政府\n", "\u{202e}", "type it again"),
        ("正文 <!-- 注释\n更多\n", "<!--", "`-->`"),
    ]);
}

#[test]
fn right_text_has_no_literal_marks() {
    for markdown in [
        "**真**，她 `**` \\*\\* \\~~甲：~~乙\n",
        "`##一` `==a==` `[[a]]` `{.a}` `m^2^`\n",
        "请在首页 > 公告中查看，可打印本页。\n\n\\***甲**，**合计***，$5 {a}，1 << 2 >> 1\n\n分享 #5\n",
        "是□否□，编号：□□□□，□□□\n",
        "```\n##一、甲\n-甲\n[TOC]\n{{ x }}\n```\n",
        "*强调*，2*3*4，甲 * 乙 * 丙，\\*强调。\\*她\n",
        "5 * 3，210*297*30，snake_case_name，附件_水井_2024，__init__\n",
        "**bold**文，~~删~~文，<https://x.example/a==b==/~c~/d--e>\n",
        "https://x.example/[[a]]?b==c==&d=:ok:\n",
        "#1 是第一，C# 和 F#。\n",
        "#供热# 话题\n",
        "\\##一 \\#二\n",
        "-5℃ 到 5℃\n",
        "-Lee\n",
        "1.5万人\n",
        "2026.\n",
        "*注：初步统计\n",
        "面积*\n\n*不含县\n",
        "周一~周五，9:00~17:00，5~10人，20~30元\n",
        "姓名____ 电话__ 年__ 月\n",
        "好的~~\n",
        "$5 and $10, US$3, $A$1\n",
        "10:30:00，a:b:c，比例1:2:3\n",
        "use --force, x--y_z.md, xn--abc\n",
        "> [!NOTE]\n> 甲\n\n> [!warning]\n> 乙\n",
        "a[^1]\n\n[^1]: b\n",
        "## 标题 {#id}\n",
        "| # | -甲 |\n| - | - |\n| #一 | -乙 |\n",
        "Title\n=====\n",
        "[公告]{见附件} {甲} {a}\n",
        "a == b, a ==b\n",
        "[[1]](https://x.example/)\n",
        "!!! 注意\n\n??? 什么\n",
        "^_^ 好^o^\n",
        "x^2 + y^2\n",
        "第*1*章，我*爱*你\n",
        "(a) b_c_d 2_3_4\n",
        "C++ 与 D++，i++ + ++j\n",
        "时间 10:00\n：\n",
        "AT&T，R&D; T，a&b，&nbsp;甲\n",
        "un*frigging*real，甲*乙*丙，\\[甲\\]\n",
        "\u{1f468}\u{200d}\u{1f467} नमस्\u{200d}ते می\u{200c}خواهم\n",
        "Table: Fees\n\n| a |\n| - |\n| 1 |\n",
        "| a |\n| - |\n| 1 |\n\nTable: Fees\n",
        "甲 < 乙，｀甲\n",
        "form2, M2, 5m2.pdf, a m2, 100m20, 10m2a，$5 `a` $6\n",
        "- [链接](https://a.example/)\n- [1] 甲\n",
        "姓名：________\n电话：________\n",
        "见第1、\n2. The\n",
        "x<y:z，<甲:乙>\n",
        "　　1. 甲\n",
        "附件：1.申请表\n\n　　　2.房源清单\n",
        "　　1.加强领导。\n　　2.落实责任。\n",
    ] {
        assert_eq!(marks(markdown), [], "{markdown}");
    }
}

#[test]
fn marks_of_wikis_and_notes_are_found() {
    assert_marked(&[
        ("= 供热\n", "= 供热", "`## 供热`"),
        ("bq. 引文\n", "bq. 引文", "`> 引文`"),
        ("[NOTE]\n注意\n", "[NOTE]", "`> [!NOTE]`"),
        ("(@) 甲\n", "(@) 甲", "`1. 甲`"),
        ("| 第一行\n| 第二行\n", "| 第一行", "`第一行\\`"),
        ("[x] 已办\n", "[x] 已办", "`- [x] 已办`"),
        ("- [\u{3000}] 甲\n", "[\u{3000}] 甲", "`- [ ] 甲`"),
        ("- 甲\n  id:: 61\n", "id:: 61", "remove the line"),
        ("-----原始邮件-----\n", "-----原始邮件-----", "mail"),
        ("发自我的iPhone\n", "发自我的iPhone", "mail"),
        ("这是''斜体''字\n", "''斜体''", "`*斜体*`"),
        ("这是//斜体//字\n", "//斜体//", "`*斜体*`"),
        ("甲%%注释%%\n", "%%注释%%", "remove it"),
        ("甲::高亮::乙\n", "::高亮::", "`**高亮**`"),
        ("这是||剧透||\n", "||剧透||", "remove the bars"),
        ("文献[@li2020]\n", "[@li2020]", "`[^1]`"),
        ("[form-7 id=\"12\" title=\"甲\"]\n", "[form-7 id=\"12\" title=\"甲\"]", "old site"),
        ("大家好[玫瑰]\n", "[玫瑰]", "`☺`"),
        ("[[File:a.jpg|thumb|甲]]\n", "[[File:a.jpg|thumb|甲]]", "`![甲](a.jpg)`"),
        ("见[https://a.example 办法]\n", "[https://a.example 办法]", "`[办法](https://a.example)`"),
        ("见%E5%93%88%E5%B0%94\n", "%E5%93%88%E5%B0%94", "`哈尔`"),
    ]);
}

#[test]
fn marks_without_their_effect_are_named() {
    assert_marked(&[
        ("甲\\\n", "\\", "remove it"),
        ("- 甲\\\n- 乙\n", "\\", "remove it"),
        ("甲\n\n\\\n\n乙\n", "\\", "remove it"),
        ("| 甲\\ |\n|--|\n| 乙 |\n", "\\", "remove it"),
        ("| 甲 |\n|--|\n| [x] 乙 |\n", "[x] 乙", "`☑`"),
    ]);
}

#[test]
fn right_text_beside_such_marks_is_silent() {
    for markdown in [
        "甲\\\\\n\n在 D:\\甲\\\n\n甲\\\n乙\n",
        "std::vec::Vec，甲::乙，50%%，100%%200\n",
        "\"''\" x//y//z，[看](https://a.example/)，a || b || c\n",
        "身份证 2301**********1234，2301***********1234\n",
        "[注 1]、[a b]、[甲 b=1]，[[办法]和[通知]]，A&B;\n",
        "= 12 万元\n\n== \n",
        "大家好~~我们\n\n\n",
        "姓名＿性别＿，共＿户＿人\n",
        "a &lt; b &gt; c，&lt;市名&gt;\n",
        "真的吗??是的，a??b，Why??\n",
        "[ ]甲\n",
        "- 甲\n\n  乙\n- 丙\n",
    ] {
        assert_eq!(marks(markdown), [], "{markdown}");
    }
}
