//! Which of the reports at hand are meant: `--years`, `--only`.

use std::str::FromStr;

use glob::{MatchOptions, Pattern};

/// The most years that one range may name; a slip of the keyboard must not count to a million.
const LONGEST_RANGE: i32 = 200;

/// Years as written on the command line: `2019..2023`, `2021,2023`, `2023`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Years(Vec<(i32, i32)>);

impl Years {
    /// Whether a year is meant.
    pub fn contain(&self, year: i32) -> bool {
        self.0.iter().any(|&(first, last)| (first..=last).contains(&year))
    }

    /// The first and the last year, where they are one range of several years.
    pub fn range(&self) -> Option<(i32, i32)> {
        match self.0.as_slice() {
            [(first, last)] if first < last => Some((*first, *last)),
            _ => None,
        }
    }
}

impl FromStr for Years {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        text.split([',', '，', '、']).map(range).collect::<Result<_, _>>().map(Self)
    }
}

fn range(text: &str) -> Result<(i32, i32), String> {
    let halves = ["..", "—", "-", "～", "~"].into_iter().find_map(|mark| text.split_once(mark));
    let (first, last) = halves.unwrap_or((text, text));
    let (first, last) = (year(first)?, year(last.trim_start_matches(['=', '—']))?);
    if first > last {
        return Err(format!("{first} 在 {last} 之后"));
    }
    if last - first > LONGEST_RANGE {
        return Err("年份的范围太大".to_owned());
    }
    Ok((first, last))
}

fn year(text: &str) -> Result<i32, String> {
    crate::dossier::year_of(text.trim()).ok_or_else(|| format!("“{text}”不是四位的年份；写成 2019..2023 或 2021,2023"))
}

/// A pattern of `--only`: `*` and `?` as in file names; a text without them is looked for anywhere in the name.
#[derive(Debug, Clone)]
pub struct Only(Pattern);

impl Only {
    /// Whether a unit's name, or that of its folder, fits.
    pub fn fits(&self, name: &str) -> bool {
        let options = MatchOptions { case_sensitive: false, ..MatchOptions::default() };
        self.0.matches_with(name, options)
    }
}

impl FromStr for Only {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let plain = !text.contains(['*', '?', '[']);
        let pattern = if plain { format!("*{text}*") } else { text.to_owned() };
        Pattern::new(&pattern).map(Self).map_err(|error| format!("通配符写得不对：{}", error.msg))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_are_ranges_and_lists() {
        let years: Years = "2019..2021,2023".parse().unwrap();
        let meant: Vec<i32> = (2018..=2024).filter(|&year| years.contain(year)).collect();
        assert_eq!(meant, [2019, 2020, 2021, 2023]);
        assert_eq!(years.range(), None);
        assert_eq!("2019..2021".parse::<Years>().unwrap().range(), Some((2019, 2021)));
        assert_eq!("2019-2021".parse(), "2019..2021".parse::<Years>());
        assert_eq!("2019——2021".parse(), "2019..2021".parse::<Years>());
        for wrong in ["", "19", "2021..2019", "0001..2019", "2019..", "二〇一九"] {
            assert!(wrong.parse::<Years>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_plain_text_is_looked_for_anywhere() {
        let fits = |pattern: &str, name| pattern.parse::<Only>().unwrap().fits(name);
        assert!(fits("水利", "青岚县水利局") && !fits("水利", "青岚县教育局"));
        assert!(fits("*局", "青岚县水利局") && !fits("水*", "青岚县水利局"));
        assert!("[".parse::<Only>().is_err());
    }
}
