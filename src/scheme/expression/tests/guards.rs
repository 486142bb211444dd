use super::*;

const NOUGHT: &str = "表达式第 1 个字符：除数可能为零；请用条件排除，例如 目标 > 0 ? 完成 / 目标 : 0";

#[test]
fn divisors_that_may_be_nought_are_refused() {
    let inputs = inputs();
    for text in [
        "完成 / 目标",
        "1 / 0",
        "1 / (0 * 人数)",
        "目标 > 0 ? 0 : 完成 / 目标",
        "目标 >= 0 ? 完成 / 目标 : 0",
        "目标 == 0 ? 完成 / 目标 : 0",
        "目标 > 0 || 已制定 ? 完成 / 目标 : 0",
        "目标 > 0 ? 完成 / (目标 - 1) : 0",
        "目标 > 0 ? 完成 / round(目标, 0, \"down\") : 0",
        "完成 > 目标 ? 1 / 目标 : 0",
        "1 / item(\"1\")",
        "1 / total",
        "1 / cohort_max(完成)",
        "1 / cohort_count(已制定)",
        "1 / count(事故)",
        "1 / sum(事故, 人数)",
        "1 / last(完成)",
        "1 / result(\"年度\")",
        "完成 > 0 ? cohort_max(1 / 完成) : 0",
        "sum(事故, 1 / 死亡人数)",
        "sum(事故, 1, 死亡人数 > 0) / sum(事故, 死亡人数)",
        "mean(事故, 1, 死亡人数 > 0, 1 / 目标)",
        "count(事故, 死亡人数 > 0) > 0 ? sum(事故, 1 / 死亡人数) : 0",
    ] {
        let error = try_with(&names(&inputs), text, Type::Number).unwrap_err();
        assert_eq!(error, NOUGHT, "{text}");
    }
    let rate = [defined("完成率", Type::Number)];
    let names = Names {
        defined: &rate,
        ..names(&inputs)
    };
    assert_eq!(try_with(&names, "1 / 完成率", Type::Number), Err(NOUGHT.to_owned()));
    assert!(try_with(&names, "完成率 > 0 ? 1 / 完成率 : 0", Type::Number).is_ok());
    let above = [defined("完成率", Type::Number), {
        let core = typed("层级 == \"省级\" ? 500 : 50", Type::Number);
        Named::new("基数", &core, Type::Number, &names)
    }];
    let names = Names {
        defined: &above,
        ..names
    };
    assert!(try_with(&names, "完成 / 基数", Type::Number).is_ok());
}

#[test]
fn conditions_and_ranges_guard_divisors() {
    for text in [
        "完成 / 人数",
        "1 / (目标 + 1)",
        "1 / (目标 + 人数 / 3)",
        "1 / (人数 * 2 - 1)",
        "1 / max(目标, 1)",
        "1 / rank(完成)",
        "1 / abs(0 - 人数)",
        "目标 > 0 ? 完成 / 目标 : 0",
        "0 < 目标 ? 完成 / 目标 : 0",
        "目标 != 0 ? 完成 / 目标 : 0",
        "目标 == 0 ? 0 : 完成 / 目标",
        "目标 <= 0 ? 0 : 完成 / 目标",
        "!(目标 <= 0) ? 完成 / 目标 : 0",
        "目标 < 0.5 ? 0 : 完成 / 目标",
        "已制定 && 目标 > 0 ? 完成 / 目标 : 0",
        "目标 == 0 || 已制定 ? 0 : 完成 / 目标",
        "目标 == 0 ? 0 : 已制定 ? 完成 / 目标 : 1",
        "目标 > 0 ? 完成 / (目标 * 2) : 0",
        "目标 > 0 ? 完成 / (目标 + 会议次数) : 0",
        "目标 > 0 && 会议次数 > 0 ? 1 / min(目标, 会议次数) : 0",
        "目标 > 0 && 完成 / 目标 > 0.9 ? 1 : 0",
        "目标 == 0 || 完成 / 目标 > 0.9 ? 1 : 0",
        "目标 > 完成 ? 1 / (目标 - 完成) : 0",
        "目标 == 完成 ? 0 : 1 / (完成 - 目标)",
        "目标 > 完成 ? 1 / 目标 : 0",
        "目标 - 完成 != 0 ? 1 / (目标 - 完成) : 0",
        "count(事故) > 0 ? 1 / count(事故) : 0",
        "cohort_max(完成) > 0 ? 完成 / cohort_max(完成) : 0",
        "item(\"1\") > 0 ? 1 / item(\"1\") : 0",
        "sum(事故, 1 / 人数)",
        "sum(事故, 1 / 死亡人数, 死亡人数 > 0)",
        "1 / (目标 > 0 ? 目标 : 1)",
        "last(完成) > 0 ? 完成 / last(完成) - 1 : 0",
    ] {
        number(text);
    }
}
