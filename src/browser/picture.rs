//! Charts as files: the SVG that stands on the page as a text of its own, and as a PNG. It fetches nothing: the picture
//! goes through a `data:` address, which the page's policy allows.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use futures::channel::oneshot;
use js_sys::{Object, Reflect, encode_uri_component};
use leptos::prelude::{document, window};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    CanvasRenderingContext2d, Element, HtmlCanvasElement, HtmlImageElement, XmlSerializer,
};

/// What is taken from the page's styles. An SVG on its own knows none of them.
const STYLED: [&str; 12] = [
    "fill",
    "fill-opacity",
    "stroke",
    "stroke-width",
    "stroke-dasharray",
    "stroke-opacity",
    "opacity",
    "font-family",
    "font-size",
    "font-weight",
    "text-anchor",
    "overflow",
];

/// What is taken of them where it is not as it would be anyway.
const STYLED_OTHERWISE: [(&str, &str); 6] = [
    ("paint-order", "normal"),
    ("stroke-linejoin", "miter"),
    ("stroke-dashoffset", "0px"),
    ("visibility", "visible"),
    ("display", "inline"),
    ("transform", "none"),
];
/// The measures of a rectangle, which a style sheet may give.
const MEASURES: [&str; 5] = ["x", "y", "width", "height", "rx"];
/// The namespace.
const SVG: &str = "http://www.w3.org/2000/svg";

/// How high a line of text below a picture is.
const LINE: f64 = 18.0;
/// How wide a character of it is, about.
const CHARACTER: f64 = 6.5;
/// How many pixels of a PNG stand for one of the page.
const SCALE: f64 = 2.0;

/// A picture as a file of its own.
pub(crate) struct Picture {
    text: String,
    width: f64,
    height: f64,
}

impl Picture {
    /// The SVG that the selector finds, with its styles written out as attributes, as wide as it is shown, and with lines
    /// of text below it: on its own nothing else says what it is.
    pub(crate) fn of(selector: &str, lines: &[&str]) -> Option<Self> {
        Self::framed(selector, 0.0, |_| {
            lines.iter().map(|line| (*line).to_owned()).collect()
        })
    }

    /// The same of a drawing that stands out on both sides, with a margin for that. The lines are told how many characters
    /// there is room for.
    pub(crate) fn framed(
        selector: &str,
        margin: f64,
        lines: impl FnOnce(usize) -> Vec<String>,
    ) -> Option<Self> {
        let shown = document().query_selector(selector).ok().flatten()?;
        let copy: Element = shown
            .clone_node_with_deep(true)
            .ok()?
            .dyn_into::<Element>()
            .ok()?;
        let place = shown.get_bounding_client_rect();
        let colours = Colours::new()?;
        write_styles(&shown, &copy, &colours);
        let all = |of: &Element| of.query_selector_all("*").ok();
        let (from, to) = (all(&shown)?, all(&copy)?);
        for at in 0..from.length() {
            let of = |list: &web_sys::NodeList| list.get(at)?.dyn_into::<Element>().ok();
            if let (Some(from), Some(to)) = (of(&from), of(&to)) {
                write_styles(&from, &to, &colours);
            }
        }
        let (inner, drawn) = (place.width().ceil(), place.height().ceil());
        let width = inner + 2.0 * margin;
        let picture = new_element("svg")?;
        let ground: web_sys::Node = ground(&shown, &colours)?.into();
        picture.append_child(&ground).ok()?;
        for (name, value) in [("x", margin), ("width", inner), ("height", drawn)] {
            copy.set_attribute(name, &value.to_string()).ok()?;
        }
        // What names it on the page is not there any more.
        for name in ["aria-describedby", "aria-labelledby", "role"] {
            let _ = copy.remove_attribute(name);
        }
        if let Some(title) = copy.query_selector("title").ok()? {
            title.remove();
        }
        picture.append_child(&copy).ok()?;
        let mut height = drawn + margin / 8.0;
        let lines = lines((width / CHARACTER) as usize);
        let title = new_element("title")?;
        title.set_text_content(Some(&lines.join(" ")));
        picture.prepend_with_node_1(&title).ok()?;
        for line in &lines {
            height += LINE;
            let line = caption(line, height - LINE / 3.0, &colours)?;
            picture.append_child(&line).ok()?;
        }
        for (name, value) in [
            ("xmlns", String::from(SVG)),
            ("width", width.to_string()),
            ("height", height.to_string()),
        ] {
            picture.set_attribute(name, &value).ok()?;
        }
        let serializer = XmlSerializer::new().ok()?;
        let text = serializer.serialize_to_string(&picture).ok()?;
        Some(Self {
            text,
            width,
            height,
        })
    }

    /// It as an SVG file.
    pub(crate) fn svg(&self) -> &[u8] {
        self.text.as_bytes()
    }

    /// It as a PNG file. What the browser says where it can't draw it.
    pub(crate) async fn png(&self) -> Result<Vec<u8>, String> {
        self.draw()
            .await
            .map_err(|_| String::from("the browser could not draw it"))
    }

    async fn draw(&self) -> Result<Vec<u8>, JsValue> {
        let image = HtmlImageElement::new()?;
        let (done, loaded) = oneshot::channel();
        let (failed, failure) = oneshot::channel();
        let on_load = Closure::once(move || {
            let _ = done.send(());
        });
        let on_error = Closure::once(move || {
            let _ = failed.send(());
        });
        image.set_onload(Some(on_load.as_ref().unchecked_ref()));
        image.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        let address = encode_uri_component(&self.text);
        image.set_src(&format!("data:image/svg+xml,{}", String::from(address)));
        let first = futures::future::select(loaded, failure).await;
        if matches!(first, futures::future::Either::Right(_)) {
            return Err(JsValue::NULL);
        }
        let canvas: HtmlCanvasElement = document().create_element("canvas")?.unchecked_into();
        canvas.set_width((self.width * SCALE) as u32);
        canvas.set_height((self.height * SCALE) as u32);
        let context = context_of(&canvas).ok_or(JsValue::NULL)?;
        context.draw_image_with_html_image_element_and_dw_and_dh(
            &image,
            0.0,
            0.0,
            self.width * SCALE,
            self.height * SCALE,
        )?;
        let address = canvas.to_data_url_with_type("image/png")?;
        let (_, encoded) = address.split_once(',').ok_or(JsValue::NULL)?;
        STANDARD.decode(encoded).map_err(|_| JsValue::NULL)
    }
}

fn context_of(canvas: &HtmlCanvasElement) -> Option<CanvasRenderingContext2d> {
    canvas.get_context("2d").ok().flatten()?.dyn_into().ok()
}

/// Writes what the page's styles make of an element onto its copy.
fn write_styles(shown: &Element, copy: &Element, colours: &Colours) {
    let Ok(Some(style)) = window().get_computed_style(shown) else {
        return;
    };
    for name in STYLED {
        let value = style.get_property_value(name).unwrap_or_default();
        if value.is_empty() {
            continue;
        }
        let value = match name {
            "fill" | "stroke" if value != "none" => colours.plain(&value),
            _ => value,
        };
        // A name that is no attribute of it is passed over by whoever reads the file.
        let _ = copy.set_attribute(name, &value);
    }
    for (name, usual) in STYLED_OTHERWISE {
        let value = style.get_property_value(name).unwrap_or_default();
        if !value.is_empty() && value != usual {
            let _ = copy.set_attribute(name, &value);
        }
    }
    if copy.tag_name() == "rect" {
        for name in MEASURES {
            let value = style.get_property_value(name).unwrap_or_default();
            if !value.is_empty() && value != "auto" {
                let _ = copy.set_attribute(name, &value);
            }
        }
    }
    let _ = copy.remove_attribute("class");
}

/// A line of text below the drawing.
fn caption(line: &str, y: f64, colours: &Colours) -> Option<Element> {
    let body = document().body()?;
    let style = window().get_computed_style(&body).ok().flatten()?;
    let ink = style.get_property_value("color").ok()?;
    let text = new_element("text")?;
    for (name, value) in [
        ("x", String::from("4")),
        ("y", y.to_string()),
        ("font-family", String::from("sans-serif")),
        ("font-size", String::from("12")),
        ("fill", colours.plain(&ink)),
    ] {
        text.set_attribute(name, &value).ok()?;
    }
    text.set_text_content(Some(line));
    Some(text)
}

/// The paper that the drawing has below it on the page.
fn ground(shown: &Element, colours: &Colours) -> Option<Element> {
    let mut above = Some(shown.clone());
    let mut paper = String::from("rgb(255, 255, 255)");
    while let Some(element) = above {
        let style = window().get_computed_style(&element).ok().flatten()?;
        let colour = style.get_property_value("background-color").ok()?;
        if colours.is_seen(&colour) {
            paper = colour;
            break;
        }
        above = element.parent_element();
    }
    let rectangle = new_element("rect")?;
    for (name, value) in [
        ("width", String::from("100%")),
        ("height", String::from("100%")),
        ("fill", colours.plain(&paper)),
    ] {
        rectangle.set_attribute(name, &value).ok()?;
    }
    Some(rectangle)
}

fn new_element(name: &str) -> Option<Element> {
    document().create_element_ns(Some(SVG), name).ok()
}

/// Colours as every program knows them: few know `oklch()`.
struct Colours(CanvasRenderingContext2d);

impl Colours {
    fn new() -> Option<Self> {
        let canvas: HtmlCanvasElement =
            document().create_element("canvas").ok()?.dyn_into().ok()?;
        canvas.set_width(1);
        canvas.set_height(1);
        // It is read again and again, and never shown.
        let options = Object::new();
        Reflect::set(&options, &"willReadFrequently".into(), &JsValue::TRUE).ok()?;
        let context = canvas.get_context_with_context_options("2d", &options);
        context.ok().flatten()?.dyn_into().ok().map(Self)
    }

    /// Whether a colour is not transparent.
    fn is_seen(&self, colour: &str) -> bool {
        self.pixel(colour).is_some_and(|[.., alpha]| alpha > 0)
    }

    fn pixel(&self, colour: &str) -> Option<[u8; 4]> {
        self.0.clear_rect(0.0, 0.0, 1.0, 1.0);
        self.0.set_fill_style_str(colour);
        self.0.fill_rect(0.0, 0.0, 1.0, 1.0);
        let pixel = self.0.get_image_data(0.0, 0.0, 1.0, 1.0).ok()?;
        pixel.data().0.as_slice().try_into().ok()
    }

    fn plain(&self, colour: &str) -> String {
        match self.pixel(colour) {
            Some([red, green, blue, 255]) => format!("#{red:02x}{green:02x}{blue:02x}"),
            Some([red, green, blue, alpha]) => format!(
                "rgba({red}, {green}, {blue}, {:.3})",
                f64::from(alpha) / 255.0
            ),
            None => colour.to_owned(),
        }
    }
}
