use super::*;

#[test]
fn names_of_facts_and_definitions() {
    let inputs = inputs();
    let named = [defined("完成率", Type::Number), defined("合格", Type::Truth)];
    let names = Names {
        defined: &named,
        ..names(&inputs)
    };
    assert_eq!(
        try_with(&names, "完成率 + 1", Type::Number),
        Ok(Core::Defined("完成率".into()).plus(whole(1)))
    );
    assert_eq!(try_with(&names, "合格", Type::Truth), Ok(Core::Defined("合格".into())));
    let error = try_with(&names, "合隔", Type::Number).unwrap_err();
    assert_eq!(error, "表达式第 1 个字符：没有声明事实“合隔”，是否应为“合格”？");
}

#[test]
fn nearest_names_are_shown() {
    refused(
        Type::Number,
        &[
            ("2 + 会议次", 5, "没有声明事实“会议次”，是否应为“会议次数”？"),
            ("2 + 参观", 5, "没有声明事实“参观”"),
            ("mix(1, 2)", 1, "没有函数“mix”，是否应为“max”？"),
            ("求和(1, 2)", 1, "没有函数“求和”"),
            ("IF(已制定, 1, 2)", 1, "没有函数“IF”，请写作 条件 ? 甲 : 乙"),
            ("层级 == 省级 ? 1 : 0", 7, "“省级”是选项，须加引号，写作 \"省级\""),
            (
                "已制定 && 完成 > 2 且 目标 > 3 ? 1 : 0",
                15,
                "“且”请写作 &&，前后各空一格",
            ),
            ("(已制定 or 完成 > 2) ? 1 : 0", 6, "“or”请写作 ||，前后各空一格"),
            ("完成 * 0.5分", 9, "数字后面不写单位，请删去“分”"),
            ("1,000 * 2", 2, "数字不写千分位，如 1,000 写作 1000"),
            (
                "报送日 > \"2023-03-31\" ? 1 : 0",
                7,
                "此处应为日期，实际是选项；日期写作 date(\"2023-03-31\")",
            ),
            ("事故 + 1", 1, "“事故”不能直接参与运算，事件清单请用 count(…)"),
        ],
    );
}

#[test]
fn words_are_declared_words() {
    let class = Core::Fact(inputs().class().unwrap());
    let town = class.compared(Compare::Equal, Core::Word("镇".into()));
    assert_eq!(typed("class == \"镇\"", Type::Truth), town);
    assert_eq!(typed("层级", Type::Word), fact("层级"));
    refused(
        Type::Truth,
        &[
            ("层级 == \"县级\"", 7, "“层级”没有选项“县级”，应为：省级、市级"),
            ("\"县级\" == 层级", 1, "“层级”没有选项“县级”，应为：省级、市级"),
            ("class != \"乡\"", 10, "“class”没有选项“乡”，应为：镇、街道"),
            ("层级 == 会议次数", 7, "此处应为选项，实际是数值"),
        ],
    );
    let bare = Inputs::new(&declarations(FACTS), &[]);
    let error = try_with(&super::names(&bare), "class == \"镇\"", Type::Truth).unwrap_err();
    assert_eq!(error, "表达式第 1 个字符：办法没有列出 classes，不能用 class");
}

#[test]
fn full_width_characters_show_the_half_width_form() {
    refused(
        Type::Number,
        &[
            ("max（0, 会议次数)", 4, "“（”请改为“(”"),
            ("max(0，会议次数)", 6, "“，”请改为“,”"),
            ("会议次数≥3 ? 1 : 0", 5, "“≥”请改为“>=”"),
            ("会议次数 = 3 ? 1 : 0", 6, "“=”请改为“==”"),
            ("目标 * 80%", 8, "百分数请写作小数，如 80% 写作 0.8"),
            ("会议次数 # 3", 6, "“#”不能用在表达式里"),
            ("层级 == \"省级", 7, "缺少右引号"),
            ("1.2.3", 1, "“1.2.3”不是数字"),
        ],
    );
}

#[test]
fn what_is_missing_is_named() {
    refused(
        Type::Number,
        &[
            ("", 1, "此处应为数值、条件或事实"),
            ("1 +", 4, "此处应为数值、条件或事实"),
            ("1 2", 3, "此处应为运算符或结尾"),
            ("(1", 3, "此处应为“)”"),
            ("已制定 ? 1", 8, "此处应为“:”"),
            ("1 + 已制定", 5, "此处应为数值，实际是条件"),
            ("已制定", 1, "此处应为数值，表达式得出条件"),
        ],
    );
    refused(Type::Truth, &[("会议次数 + 1", 1, "此处应为条件，表达式得出数值")]);
}

#[test]
fn text_at_hand_is_read_like_a_member() {
    let inputs = inputs();
    let value = Value::Bool(true);
    let problems = Problems::new();
    let at = Cursor::root(&value, &problems);
    assert_eq!(read_text("1 + 1", &at, &names(&inputs), Type::Number), Some(whole(2)));
    assert_eq!(read(&at, &names(&inputs), Type::Number), None);
    assert_eq!(problems.into_findings()[0].code, "document.wrong_type");
}
