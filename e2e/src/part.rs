//! A part of a scene: what stands below one heading. The same names may stand in other parts.

use crate::forms::retype;
use crate::page::Page;
use crate::wait::until;
use anyhow::Context;
use serde::Deserialize;
use serde_json::json;
use std::path::Path;
use thirtyfour::{By, Key, WebElement};

/// What stands below a heading: a section of the scene, or a group within one.
#[derive(Clone)]
pub struct Part<'a> {
    pub(crate) page: &'a Page,
    pub(crate) heading: String,
    /// Where it is, as an XPath.
    pub(crate) place: String,
}

/// What can be read there, all of it at one moment.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct PartView {
    /// Everything that can be seen.
    pub text: String,
    /// What is read out where it changes: statuses and alerts that say something.
    pub said: Vec<String>,
    /// The tables.
    pub tables: Vec<TableView>,
    /// What can be chosen among a few.
    pub options: Vec<OptionView>,
    /// The items of its ordered list.
    pub items: Vec<String>,
}

/// A table.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct TableView {
    /// Its caption.
    pub caption: String,
    /// The columns' names.
    pub columns: Vec<String>,
    /// The rows.
    pub rows: Vec<RowView>,
}

/// A row of a table.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct RowView {
    /// How it is marked: `new`, `changed`, `gone`, or empty.
    pub mark: String,
    /// Its cells, the folded text too.
    pub cells: Vec<String>,
}

/// One of a few that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct OptionView {
    /// What is chosen there.
    pub legend: String,
    /// What it says.
    pub name: String,
    /// Whether it is the one.
    pub is_chosen: bool,
    /// Whether it can be chosen.
    pub is_offered: bool,
}

/// A field with what stands beside it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct FieldView {
    /// What is in it.
    pub value: String,
    /// Whether it is said to be wrong.
    pub is_wrong: bool,
    /// What is said of it.
    pub note: String,
    /// What it is in words.
    pub words: String,
}

const READ: &str = r"
const place = document.evaluate(arguments[0], document, null, 9, null).singleNodeValue;
if (!place) return null;
const line = (said) => said.replace(/\s+/g, ' ').trim();
const text = (node) => (node ? line(node.textContent) : '');
const all = (within, selector) => [...(within?.querySelectorAll(selector) ?? [])];
const bare = (cell) => {
  const copy = cell.cloneNode(true);
  for (const tag of all(copy, '.tag')) tag.remove();
  return text(copy);
};
return {
  text: line(place.innerText),
  said: all(place, '[role=status], [role=alert]').map((it) => line(it.innerText)).filter((it) => it !== ''),
  tables: all(place, 'table').map((table) => ({
    caption: text(table.caption),
    columns: all(table.tHead, 'th').map(text),
    rows: all(table.tBodies[0], 'tr').map((row) => ({ mark: text(row.querySelector('.tag')), cells: [...row.cells].map(bare) })),
  })),
  options: all(place, 'input[type=radio]').map((it) => ({
    legend: text(it.closest('fieldset')?.querySelector('legend')), name: text(it.closest('label')),
    is_chosen: it.checked, is_offered: !it.disabled,
  })),
  items: all(place, 'ol > li').map((it) => line(it.innerText)),
};
";

const READ_FIELD: &str = r"
const [field] = arguments;
const text = (node) => (node ? node.textContent.replace(/\s+/g, ' ').trim() : '');
return {
  value: field.value,
  is_wrong: field.getAttribute('aria-invalid') === 'true',
  note: text(document.getElementById(field.getAttribute('aria-describedby'))),
  words: text(field.parentElement.querySelector('.words')),
};
";

impl Page {
    /// The section whose heading begins so.
    pub fn part(&self, heading: &str) -> Part<'_> {
        Part {
            page: self,
            heading: heading.to_owned(),
            place: format!("//section[./h2[starts-with(normalize-space(), '{heading}')]]"),
        }
    }
}

impl<'a> Part<'a> {
    /// The group within it whose heading begins so.
    pub fn group(&self, heading: &str) -> Part<'a> {
        Part {
            page: self.page,
            heading: format!("{}, {heading}", self.heading),
            place: format!(
                "{}//*[@role='group'][./h3[starts-with(normalize-space(), '{heading}')]]",
                self.place
            ),
        }
    }

    /// What can be read there now.
    ///
    /// # Errors
    /// Where there is no such part.
    pub async fn view(&self) -> anyhow::Result<PartView> {
        let seen = self.page.script(READ, vec![json!(self.place)]).await?;
        serde_json::from_value(seen).with_context(|| format!("there is no “{}”", self.heading))
    }

    /// Waits until it is so; then all of it.
    ///
    /// # Errors
    /// Where it never is.
    pub async fn is(
        &self,
        what: &str,
        is_so: impl Fn(&PartView) -> bool,
    ) -> anyhow::Result<PartView> {
        until(&format!("{what}, in “{}”", self.heading), async || {
            let seen = self.view().await?;
            anyhow::ensure!(is_so(&seen), "it is {seen:#?}");
            Ok(Some(seen))
        })
        .await
    }

    /// Waits until these words can be read there; then all of it.
    ///
    /// # Errors
    /// Where they never can.
    pub async fn says(&self, words: &str) -> anyhow::Result<PartView> {
        self.is(&format!("“{words}”"), |seen| seen.text.contains(words))
            .await
    }

    /// Presses the button of that name.
    ///
    /// # Errors
    /// Where there is none.
    pub async fn press(&self, button: &str) -> anyhow::Result<()> {
        let named = format!(
            "@aria-label='{button}' or (not(@aria-label) and normalize-space()='{button}')"
        );
        self.click(&format!("//button[{named}]"), button).await
    }

    /// Presses the first button whose name begins so.
    ///
    /// # Errors
    /// Where there is none.
    pub async fn press_starting(&self, start: &str) -> anyhow::Result<()> {
        let named = format!(
            "starts-with(@aria-label, '{start}') or (not(@aria-label) and starts-with(normalize-space(), '{start}'))"
        );
        self.click(&format!("//button[{named}]"), start).await
    }

    /// Whether the button of that name has nothing to do.
    ///
    /// # Errors
    /// Where there is none.
    pub async fn is_idle(&self, button: &str) -> anyhow::Result<bool> {
        let named = format!("//button[normalize-space()='{button}']");
        let button = self.element(&named, button).await?;
        Ok(button.attr("aria-disabled").await?.as_deref() == Some("true"))
    }

    /// Chooses one of a few, by what is chosen and by its name.
    ///
    /// # Errors
    /// Where it is not there.
    pub async fn pick(&self, legend: &str, name: &str) -> anyhow::Result<()> {
        let option = format!(
            "//fieldset[./legend[starts-with(normalize-space(), '{legend}')]]//label[normalize-space()='{name}']/input"
        );
        self.click(&option, name).await
    }

    /// Chooses from the list of that label, by the start of an option's name.
    ///
    /// # Errors
    /// Where there is no such list, or none of that name in it.
    pub async fn choose(&self, label: &str, option: &str) -> anyhow::Result<()> {
        until(&format!("“{option}” in “{label}”"), async || {
            let list = self.labelled(label).await?;
            list.scroll_into_view().await?;
            let by = format!(".//option[starts-with(normalize-space(), '{option}')]");
            list.find(By::XPath(by)).await?.click().await?;
            Ok(Some(()))
        })
        .await
    }

    /// What is chosen in the list of that label.
    ///
    /// # Errors
    /// Where there is no such list.
    pub async fn chosen(&self, label: &str) -> anyhow::Result<String> {
        let list = self.labelled(label).await?;
        let script =
            "const [list] = arguments; return list.selectedOptions[0]?.textContent.trim() ?? ''";
        let seen = self.page.script(script, vec![list.to_json()?]).await?;
        Ok(seen.as_str().unwrap_or_default().to_owned())
    }

    /// Ticks the box of that label, or takes its tick away.
    ///
    /// # Errors
    /// Where there is none.
    pub async fn tick(&self, label: &str) -> anyhow::Result<()> {
        let field = self.labelled(label).await?;
        field.scroll_into_view().await?;
        self.page.click(&field).await
    }

    /// Types over what is in the field of that label, and leaves it.
    ///
    /// # Errors
    /// Where there is no such field.
    pub async fn fill(&self, label: &str, text: &str) -> anyhow::Result<()> {
        let field = self.labelled(label).await?;
        field.scroll_into_view().await?;
        retype(&field, text).await?;
        Ok(field.send_keys(Key::Tab + "").await?)
    }

    /// The field of that label, with what is said of it.
    ///
    /// # Errors
    /// Where there is no such field.
    pub async fn field(&self, label: &str) -> anyhow::Result<FieldView> {
        let field = self.labelled(label).await?;
        let seen = self.page.script(READ_FIELD, vec![field.to_json()?]).await?;
        serde_json::from_value(seen).context("the field reads otherwise than it should")
    }

    /// Waits until the field of that label is so.
    ///
    /// # Errors
    /// Where it never is.
    pub async fn field_is(
        &self,
        label: &str,
        is_so: impl Fn(&FieldView) -> bool,
    ) -> anyhow::Result<FieldView> {
        until(&format!("another “{label}”"), async || {
            let seen = self.field(label).await?;
            anyhow::ensure!(is_so(&seen), "it is {seen:?}");
            Ok(Some(seen))
        })
        .await
    }

    /// Gives the field of that label a file, as the browser's dialog does.
    ///
    /// # Errors
    /// Where there is no such field.
    pub async fn give_file(&self, label: &str, file: &Path) -> anyhow::Result<()> {
        let field = self.labelled(label).await?;
        Ok(field.send_keys(file.display().to_string()).await?)
    }

    async fn labelled(&self, label: &str) -> anyhow::Result<WebElement> {
        let place = &self.place;
        let by = format!(
            "//*[@id={place}//label[normalize-space()='{label}']/@for] | \
             {place}//label[normalize-space()='{label}']/input | \
             {place}//*[(self::input or self::select or self::textarea) and @aria-label='{label}']"
        );
        until(&format!("the field “{label}”"), async || {
            Ok(Some(self.page.driver.find(By::XPath(by.clone())).await?))
        })
        .await
    }

    async fn element(&self, below: &str, name: &str) -> anyhow::Result<WebElement> {
        until(
            &format!("“{name}” in “{}”", self.heading),
            async || {
                let by = By::XPath(format!("{}{below}", self.place));
                Ok(Some(self.page.driver.find(by).await?))
            },
        )
        .await
    }

    async fn click(&self, below: &str, name: &str) -> anyhow::Result<()> {
        until(
            &format!("“{name}” in “{}”", self.heading),
            async || {
                let by = By::XPath(format!("{}{below}", self.place));
                let element = self.page.driver.find(by).await?;
                element.scroll_into_view().await?;
                self.page.click(&element).await?;
                Ok(Some(()))
            },
        )
        .await
    }
}

impl PartView {
    /// The table whose caption begins so.
    ///
    /// # Errors
    /// Where there is none.
    pub fn table(&self, caption: &str) -> anyhow::Result<&TableView> {
        let table = self
            .tables
            .iter()
            .find(|it| it.caption.starts_with(caption));
        table.with_context(|| format!("there is no table “{caption}”: {self:#?}"))
    }

    /// The names of those that can be chosen there, and of the one that is.
    pub fn offered(&self, legend: &str) -> (Vec<&str>, &str) {
        let there: Vec<&OptionView> = self
            .options
            .iter()
            .filter(|it| it.legend.starts_with(legend))
            .collect();
        let offered = there.iter().filter(|it| it.is_offered);
        let chosen = there.iter().find(|it| it.is_chosen);
        (
            offered.map(|it| it.name.as_str()).collect(),
            chosen.map_or("", |it| it.name.as_str()),
        )
    }

    /// Whether it is read out, with these words in it.
    pub fn says(&self, words: &str) -> bool {
        self.said.iter().any(|it| it.contains(words))
    }
}

impl TableView {
    /// The values of that column.
    ///
    /// # Errors
    /// Where there is none.
    pub fn column(&self, name: &str) -> anyhow::Result<Vec<&str>> {
        let place = self.columns.iter().position(|it| it == name);
        let place = place.with_context(|| format!("no “{name}”: {:?}", self.columns))?;
        let cells = self.rows.iter().filter_map(|row| row.cells.get(place));
        Ok(cells.map(String::as_str).collect())
    }

    /// How each row is marked.
    pub fn marks(&self) -> Vec<&str> {
        self.rows.iter().map(|row| row.mark.as_str()).collect()
    }
}
