use super::*;

/// Reads on the small stack of a host's thread.
fn on_a_small_stack(text: String) -> Result<Core, String> {
    let thread = std::thread::Builder::new().stack_size(256 << 10);
    let read = thread.spawn(move || {
        let inputs = inputs();
        let core = try_with(&names(&inputs), &text, Type::Number)?;
        let _ = (
            bounds(&core, &names(&inputs)),
            is_whole(&core, &names(&inputs)),
            core.clone(),
        );
        Ok(core)
    });
    read.unwrap().join().unwrap()
}

fn nested(open: &str, inner: &str, close: &str, times: usize) -> String {
    format!("{}{inner}{}", open.repeat(times), close.repeat(times))
}

#[test]
fn nesting_is_bounded() {
    let deep = |place: usize| Err(format!("表达式第 {place} 个字符：嵌套超过 32 层"));
    assert_eq!(on_a_small_stack(nested("(", "1", ")", 31)), Ok(whole(1)));
    assert_eq!(on_a_small_stack(nested("(", "1", ")", 32)), deep(33));
    assert_eq!(on_a_small_stack("(".repeat(4_096)), deep(33));
    assert_eq!(on_a_small_stack(nested("abs(", "1", ")", 40)), deep(129));
    let long = on_a_small_stack("(".repeat(10_000));
    assert_eq!(
        long,
        Err("表达式第 4096 个字符：表达式超过 4096 个字符，请拆分".to_owned())
    );
}

#[test]
fn every_way_to_nest_fits_a_small_stack() {
    for (open, inner, close, times) in [
        ("(1+2*", "完成", ")", 15),
        ("(1<2&&已制定||1+2*", "完成", "<3?1:2)", 5),
        ("max(1,mean(事故,人数,", "完成", "))", 14),
        ("已制定?1:", "完成", "", 30),
        ("已制定?", "完成", ":1", 30),
        ("cohort_max(1+", "完成", ")", 15),
        ("1/(1+", "目标", ")", 15),
        ("sum(事故,cohort_max(", "完成", "))", 14),
        ("rank(round(", "完成", ",0,\"down\"))", 10),
    ] {
        let text = nested(open, inner, close, times);
        let read = on_a_small_stack(text.clone());
        assert!(read.is_ok(), "{text}: {read:?}");
    }
}

#[test]
fn operators_that_nest_too_deep_are_refused() {
    let error = on_a_small_stack(nested("abs(完成-", "完成", ")", 17)).unwrap_err();
    assert_eq!(error, "表达式第 1 个字符：运算嵌套超过 32 层");
    let error = on_a_small_stack(format!("1{}", "*1".repeat(70))).unwrap_err();
    assert_eq!(error, "表达式第 65 个字符：连乘连除超过 32 次");
    assert!(on_a_small_stack(format!("完成{}", "*目标".repeat(30))).is_ok());
}

#[test]
fn a_long_sum_nests_ten_deep() {
    let sum = on_a_small_stack(format!("完成{}", "+目标".repeat(1_300)));
    assert!(sum.is_ok());
    let signs = on_a_small_stack(format!("{}3", "-".repeat(4_000)));
    assert_eq!(signs, Ok(whole(3)));
    let all = format!("完成>1{} ? 1 : 0", "&&完成>1".repeat(580));
    assert!(on_a_small_stack(all).is_ok());
}

/// Nothing is looked at again and again where it nests.
#[test]
fn time_is_bounded() {
    let inner = "人数";
    let texts = [
        nested("(", inner, ">0?人数:2)", 30),
        nested("1/(1+abs(", inner, "))", 10),
        nested("mean(事故,人数,", inner, ")", 30),
        format!("1/({})", vec!["(目标>0?目标:1)"; 200].join("+")),
        vec!["目标>完成?1/(目标-完成):0"; 20].join("+0*"),
    ];
    for text in texts {
        let _ = on_a_small_stack(text);
    }
}
