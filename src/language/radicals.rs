//! Radicals: the parts of Chinese characters by which dictionaries are ordered.
//!
//! Unicode has them twice, as characters and as radicals (CJK Radicals Supplement, Kangxi
//! Radicals), which look alike. Some PDF files hold radicals where characters were printed, so that
//! text copied from them has some.

/// The characters of the block "Kangxi Radicals", from U+2F00. U+2F3E is 戶 in Unicode's
/// decompositions, and 户 in print.
const KANGXI: &str = "一丨丶丿乙亅二亠人儿入八冂冖冫几凵刀力勹匕匚匸十卜卩厂厶又口囗土士夂夊夕大女子宀寸小尢尸\
    屮山巛工己巾干幺广廴廾弋弓彐彡彳心戈户手支攴文斗斤方无日曰月木欠止歹殳毋比毛氏气水火爪父\
    爻爿片牙牛犬玄玉瓜瓦甘生用田疋疒癶白皮皿目矛矢石示禸禾穴立竹米糸缶网羊羽老而耒耳聿肉臣自\
    至臼舌舛舟艮色艸虍虫血行衣襾見角言谷豆豕豸貝赤走足身車辛辰辵邑酉釆里金長門阜隶隹雨靑非面\
    革韋韭音頁風飛食首香馬骨高髟鬥鬯鬲鬼魚鳥鹵鹿麥麻黃黍黑黹黽鼎鼓鼠鼻齊齒龍龜龠";

/// The radicals of the block "CJK Radicals Supplement" that fonts draw as characters, each before
/// its character.
const SUPPLEMENT: &str = "⺂乛⺃乚⺅亻⺉刂⺋㔾⺎兀⺏尣⺐尢⺒巳⺓幺⺔彑⺕彐⺖忄⺘扌⺙攵⺛旡⺞歺⺟母⺠民⺡氵⺣灬⺤爫\
    ⺦丬⺨犭⺫罒⺭礻⺯糹⺰纟⺱罓⺹耂⺺肀⺾艹⻂衤⻃覀⻄西⻅见⻆角⻈讠⻉贝⻋车⻌辶⻐钅⻑長⻒镸\
    ⻓长⻔门⻖阝⻘青⻙韦⻚页⻛风⻜飞⻝食⻟飠⻠饣⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐\
    ⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀⻳龟";

/// Returns the character that looks like a radical.
pub(crate) fn character_of_radical(radical: char) -> Option<char> {
    match radical {
        '\u{2F00}'..='\u{2FD5}' => KANGXI.chars().nth(radical as usize - 0x2F00),
        '\u{2E80}'..='\u{2EFF}' => {
            let mut characters = SUPPLEMENT.chars().skip_while(|c| *c != radical);
            characters.nth(1)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use icu_normalizer::ComposingNormalizerBorrowed;

    use super::*;

    #[test]
    fn kangxi_radicals_are_those_of_unicode() {
        let compatible = ComposingNormalizerBorrowed::new_nfkc();
        for radical in '\u{2F00}'..='\u{2FD5}' {
            let expected =
                compatible.normalize(radical.encode_utf8(&mut [0; 4])).replace('戶', "户");
            assert_eq!(character_of_radical(radical).map(String::from), Some(expected));
        }
        assert_eq!(character_of_radical('\u{2FD6}'), None);
    }

    #[test]
    fn radicals_of_supplement_have_characters() {
        for (radical, character) in
            [('⺠', Some('民')), ('⻩', Some('黄')), ('⺀', None), ('民', None)]
        {
            assert_eq!(character_of_radical(radical), character, "{radical}");
        }
    }
}
