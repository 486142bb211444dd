//! Who registers what: the first two symbols of a unified social credit code (GB 32100-2015, table 1).

/// The registering department (登记管理部门) of the first symbol.
pub(super) fn department(symbol: char) -> Option<&'static str> {
    Some(match symbol {
        '1' => "机构编制",
        '2' => "外交",
        '3' => "司法行政",
        '4' => "文化",
        '5' => "民政",
        '6' => "旅游",
        '7' => "宗教",
        '8' => "工会",
        '9' => "工商",
        'A' => "中央军委改革和编制办公室",
        'N' => "农业",
        'Y' => "其他",
        _ => return None,
    })
}

/// The category (机构类别) of the second symbol under the department of the first.
pub(super) fn category(department: char, symbol: char) -> Option<&'static str> {
    Some(match (department, symbol) {
        ('1', '1') => "机关",
        ('1', '2') => "事业单位",
        ('1', '3') => "机构编制部门直接管理机构编制的群众团体",
        ('2', '1') => "外国常驻新闻机构",
        ('3', '1') => "律师执业机构",
        ('3', '2') => "公证处",
        ('3', '3') => "基层法律服务所",
        ('3', '4') => "司法鉴定机构",
        ('3', '5') => "仲裁委员会",
        ('4', '1') => "外国在华文化中心",
        ('5', '1') => "社会团体",
        ('5', '2') => "民办非企业单位",
        ('5', '3') => "基金会",
        // Not in the table of 2015, but issued to every village and community since.
        ('5', '4') => "村民委员会",
        ('5', '5') => "居民委员会",
        ('6', '1') => "外国旅游部门常驻代表机构",
        ('6', '2') => "港澳台地区旅游部门常驻内地（大陆）代表机构",
        ('7', '1') => "宗教活动场所",
        ('7', '2') => "宗教院校",
        ('8', '1') => "基层工会",
        ('9', '1') => "企业",
        ('9', '2') => "个体工商户",
        ('9', '3') => "农民专业合作社",
        ('A', '1') => "军队事业单位",
        ('N', '1') => "组级集体经济组织",
        ('N', '2') => "村级集体经济组织",
        ('N', '3') => "乡镇级集体经济组织",
        ('1'..='9' | 'A' | 'N', '9') | ('Y', '1') => "其他",
        _ => return None,
    })
}
