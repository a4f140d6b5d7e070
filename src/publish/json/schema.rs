//! Checks JSON against the schemas in docs/schema, in tests. It knows the keywords that those use
//! and refuses any other, so that no part of a schema is passed over.

use serde_json::{Map, Value};

/// Checks `value` against `schema`.
///
/// # Errors
/// The place and the rule that it breaks, or the keyword that is not known.
pub(in crate::publish) fn check(schema: &Value, value: &Value) -> Result<(), String> {
    check_at(schema, schema, value, "")
}

fn check_at(root: &Value, schema: &Value, value: &Value, at: &str) -> Result<(), String> {
    let rules = schema.as_object().ok_or_else(|| format!("{at}: the schema is no object"))?;
    for (keyword, rule) in rules {
        let holds = match keyword.as_str() {
            "$schema" | "$id" | "$defs" | "title" | "description" => true,
            "$ref" => {
                let path = rule.as_str().and_then(|r| r.strip_prefix('#')).unwrap_or("?");
                let target = root.pointer(path).ok_or_else(|| format!("{at}: no {path}"))?;
                check_at(root, target, value, at)?;
                true
            }
            "type" => match rule {
                Value::Array(names) => names.iter().any(|name| is_type(name, value)),
                name => is_type(name, value),
            },
            "const" => rule == value,
            "enum" => list(rule).contains(value),
            "minimum" => value.as_f64().is_none_or(|v| rule.as_f64().is_some_and(|r| v >= r)),
            "pattern" => {
                let pattern = regex::Regex::new(rule.as_str().unwrap_or("(")).expect("a pattern");
                value.as_str().is_none_or(|text| pattern.is_match(text))
            }
            "items" => {
                for (i, item) in list(value).iter().enumerate() {
                    check_at(root, rule, item, &format!("{at}/{i}"))?;
                }
                true
            }
            "properties" => {
                for (name, rule) in object(rule) {
                    if let Some(part) = value.get(name) {
                        check_at(root, rule, part, &format!("{at}/{name}"))?;
                    }
                }
                true
            }
            "required" => list(rule).iter().all(|n| value.get(n.as_str().unwrap_or("")).is_some()),
            "additionalProperties" => {
                assert_eq!(rule, &Value::Bool(false), "the only use of it");
                let known = object(&rules["properties"]);
                object(value).keys().all(|name| known.contains_key(name))
            }
            "oneOf" => {
                let fitting = list(rule).iter().filter(|s| check_at(root, s, value, at).is_ok());
                fitting.count() == 1
            }
            other => return Err(format!("{at}: unknown keyword {other}")),
        };
        if !holds {
            return Err(format!("{at}: {value} breaks {keyword} {rule}"));
        }
    }
    Ok(())
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn object(value: &Value) -> &Map<String, Value> {
    static EMPTY: std::sync::LazyLock<Map<String, Value>> = std::sync::LazyLock::new(Map::new);
    value.as_object().unwrap_or(&EMPTY)
}

fn is_type(name: &Value, value: &Value) -> bool {
    match name.as_str() {
        Some("object") => value.is_object(),
        Some("array") => value.is_array(),
        Some("string") => value.is_string(),
        Some("integer") => value.is_i64() || value.is_u64(),
        Some("number") => value.is_number(),
        Some("null") => value.is_null(),
        _ => false,
    }
}

#[test]
fn a_check_that_can_fail() {
    use serde_json::json;
    for (schema, good, bad) in [
        (json!({"type": "integer"}), json!(1), json!(1.5)),
        (json!({"type": ["string", "null"]}), json!(null), json!(0)),
        (json!({"enum": ["a"]}), json!("a"), json!("b")),
        (json!({"minimum": 1}), json!(1), json!(0)),
        (json!({"pattern": "^a+$"}), json!("aa"), json!("ab")),
        (json!({"items": {"const": 1}}), json!([1, 1]), json!([1, 2])),
        (json!({"required": ["a"]}), json!({"a": 1}), json!({"b": 1})),
        (json!({"properties": {"a": {"const": 1}}}), json!({"b": 2}), json!({"a": 2})),
        (
            json!({"properties": {"a": {}}, "additionalProperties": false}),
            json!({"a": 2}),
            json!({"b": 2}),
        ),
        (json!({"oneOf": [{"const": 1}, {"minimum": 1}]}), json!(2), json!(1)),
        (json!({"$ref": "#/$defs/a", "$defs": {"a": {"const": 1}}}), json!(1), json!(2)),
    ] {
        check(&schema, &good).expect("it fits");
        assert!(check(&schema, &bad).is_err(), "{bad} fits {schema}");
    }
    assert!(check(&json!({"maximum": 1}), &json!(0)).is_err(), "an unknown keyword");
}

#[test]
fn every_schema_is_understood() {
    for schema in [
        include_str!("../../../docs/schema/article.json"),
        include_str!("../../../docs/schema/report.json"),
        include_str!("../../../docs/schema/script.json"),
    ] {
        let schema: Value = serde_json::from_str(schema).expect("JSON");
        let broken = check(&schema, &Value::Object(Map::new())).expect_err("it needs fields");
        assert!(broken.contains("breaks required"), "{broken}");
    }
}
