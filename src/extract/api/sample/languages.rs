//! A request -> a listing in one language. Each listing runs as it stands, once its placeholders are filled in.

use std::fmt::Write;

use super::MOST_VALUES;
use super::request::{Body, Request};
use crate::data::Value;
use crate::extract::api::literal::{self, Form, Language, quoted};

/// `curl`.
pub(super) fn curl(request: &Request) -> String {
    let mut parts = vec![match request.method.as_str() {
        "GET" if request.body.is_none() => format!("curl {}", shell(&request.url)),
        "HEAD" => format!("curl --head {}", shell(&request.url)),
        method => format!("curl --request {method} {}", shell(&request.url)),
    }];
    for (name, value) in &request.headers {
        parts.push(format!("--header {}", shell(&format!("{name}: {value}"))));
    }
    match &request.body {
        Some(Body::Json(value)) => parts.push(format!("--data {}", shell(&lines(value, Language::Json, "")))),
        Some(Body::Text(text)) => parts.push(format!("--data {}", shell(text))),
        Some(Body::Form(fields)) => {
            parts.extend(
                fields.iter().map(|(name, text)| format!("--data-urlencode {}", shell(&format!("{name}={text}")))),
            );
        }
        Some(Body::Parts(fields)) => parts.extend(fields.iter().map(|(name, text, is_file)| {
            let text = if *is_file { "@FILE" } else { text };
            format!("--form {}", shell(&format!("{name}={text}")))
        })),
        None => {}
    }
    parts.join(" \\\n  ")
}

/// HTTPie.
pub(super) fn httpie(request: &Request) -> String {
    let options = match &request.body {
        Some(Body::Form(_)) => "--form ",
        Some(Body::Parts(_)) => "--multipart ",
        _ => "",
    };
    let mut parts = vec![format!("http {options}{} {}", request.method, shell(&request.url))];
    parts.extend(request.headers.iter().map(|(name, value)| shell(&format!("{name}:{value}"))));
    match &request.body {
        Some(Body::Json(value)) => parts.push(format!("--raw {}", shell(&lines(value, Language::Json, "")))),
        Some(Body::Text(text)) => parts.push(format!("--raw {}", shell(text))),
        Some(Body::Form(fields)) => {
            parts.extend(fields.iter().map(|(name, text)| shell(&format!("{name}={text}"))));
        }
        Some(Body::Parts(fields)) => parts.extend(fields.iter().map(|(name, text, is_file)| {
            shell(&if *is_file { format!("{name}@FILE") } else { format!("{name}={text}") })
        })),
        None => {}
    }
    parts.join(" \\\n  ")
}

/// `text` as one word of a shell.
fn shell(text: &str) -> String {
    let is_plain = |character: char| character.is_ascii_alphanumeric() || "/:._-=@%+,".contains(character);
    if !text.is_empty() && text.chars().all(is_plain) {
        text.to_owned()
    } else {
        format!("'{}'", text.replace('\'', "'\\''"))
    }
}

/// `fetch`, in browsers and Node.
pub(super) fn javascript(request: &Request) -> String {
    let mut options = String::new();
    if request.method != "GET" {
        let _ = writeln!(options, "  method: {},", quoted(&request.method));
    }
    if !request.headers.is_empty() {
        options.push_str("  headers: {\n");
        for (name, value) in &request.headers {
            let _ = writeln!(options, "    {}: {},", quoted(name), quoted(value));
        }
        options.push_str("  },\n");
    }
    let mut before = String::new();
    match &request.body {
        Some(Body::Json(value)) => {
            let _ = writeln!(options, "  body: JSON.stringify({}),", lines(value, Language::Json, "  "));
        }
        Some(Body::Text(text)) => {
            let _ = writeln!(options, "  body: {},", quoted(text));
        }
        Some(Body::Form(fields)) => {
            options.push_str("  body: new URLSearchParams({\n");
            for (name, text) in fields {
                let _ = writeln!(options, "    {}: {},", quoted(name), quoted(text));
            }
            options.push_str("  }),\n");
        }
        Some(Body::Parts(fields)) => {
            before.push_str("const form = new FormData();\n");
            for (name, text, is_file) in fields {
                let value = if *is_file { "file".to_owned() } else { quoted(text) };
                let _ = writeln!(before, "form.append({}, {value});", quoted(name));
            }
            before.push('\n');
            options.push_str("  body: form,\n");
        }
        None => {}
    }
    let options = if options.is_empty() { String::new() } else { format!(", {{\n{options}}}") };
    let read = reading(
        request,
        ["console.log(response.status);", "console.log(await response.json());", "console.log(await response.text());"],
    );
    format!("{before}const response = await fetch({}{options});\n{read}", quoted(&request.url))
}

/// requests.
pub(super) fn python(request: &Request) -> String {
    let mut text = String::from("import requests\n\n");
    let known = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"].contains(&request.method.as_str());
    let call = match known {
        true => format!("requests.{}(\n", request.method.to_lowercase()),
        false => format!("requests.request(\n    {},\n", quoted(&request.method)),
    };
    let _ = writeln!(text, "response = {call}    {},", quoted(&request.url));
    if !request.headers.is_empty() {
        text.push_str("    headers={\n");
        for (name, value) in &request.headers {
            let _ = writeln!(text, "        {}: {},", quoted(name), quoted(value));
        }
        text.push_str("    },\n");
    }
    match &request.body {
        Some(Body::Json(value)) => {
            let _ = writeln!(text, "    json={},", lines(value, Language::Python, "    "));
        }
        Some(Body::Text(body)) => {
            let _ = writeln!(text, "    data={},", quoted(body));
        }
        Some(Body::Form(fields)) => {
            push_python_map(&mut text, "data", fields.iter().map(|(name, value)| (name, quoted(value))))
        }
        Some(Body::Parts(fields)) => {
            let part = |(name, value, is_file): &(String, String, bool)| {
                let value =
                    if *is_file { "open(\"FILE\", \"rb\")".to_owned() } else { format!("(None, {})", quoted(value)) };
                (name.clone(), value)
            };
            let parts: Vec<(String, String)> = fields.iter().map(part).collect();
            push_python_map(&mut text, "files", parts.iter().map(|(name, value)| (name, value.clone())));
        }
        None => {}
    }
    let read = reading(request, ["print(response.status_code)", "print(response.json())", "print(response.text)"]);
    let _ = write!(text, ")\n{read}");
    text
}

fn push_python_map<'a>(text: &mut String, name: &str, entries: impl Iterator<Item = (&'a String, String)>) {
    let _ = writeln!(text, "    {name}={{");
    for (key, value) in entries {
        let _ = writeln!(text, "        {}: {value},", quoted(key));
    }
    text.push_str("    },\n");
}

/// The line that shows the response: nothing but the status, JSON, or text.
fn reading(request: &Request, [status, json, text]: [&'static str; 3]) -> &'static str {
    match request.headers.iter().find(|(name, _)| name == "Accept") {
        None => status,
        Some((_, media_type)) if media_type.contains("json") => json,
        Some(_) => text,
    }
}

/// reqwest.
pub(super) fn rust(request: &Request) -> String {
    let method = match request.method.as_str() {
        "GET" | "POST" | "PUT" | "PATCH" | "DELETE" | "HEAD" => {
            format!(".{}({})", request.method.to_lowercase(), quoted(&request.url))
        }
        other => format!(".request(reqwest::Method::from_bytes(b{})?, {})", quoted(other), quoted(&request.url)),
    };
    let mut text = String::new();
    if let Some(Body::Parts(fields)) = &request.body {
        text.push_str("let form = reqwest::multipart::Form::new()");
        for (name, value, is_file) in fields {
            let _ = match is_file {
                true => write!(text, "\n    .file({}, \"FILE\").await?", quoted(name)),
                false => write!(text, "\n    .text({}, {})", quoted(name), quoted(value)),
            };
        }
        text.push_str(";\n");
    }
    let _ = write!(text, "let response = reqwest::Client::new()\n    {method}");
    for (name, value) in &request.headers {
        // The client says so itself.
        if !(name == "Content-Type" && matches!(request.body, Some(Body::Json(_))) && value == "application/json") {
            let _ = write!(text, "\n    .header({}, {})", quoted(name), quoted(value));
        }
    }
    match &request.body {
        Some(Body::Json(value)) => {
            let _ = write!(text, "\n    .json(&serde_json::json!({}))", lines(value, Language::Json, "    "));
        }
        Some(Body::Text(body)) => {
            let _ = write!(text, "\n    .body({})", quoted(body));
        }
        Some(Body::Form(fields)) => {
            text.push_str("\n    .form(&[");
            for (name, value) in fields {
                let _ = write!(text, "\n        ({}, {}),", quoted(name), quoted(value));
            }
            text.push_str("\n    ])");
        }
        Some(Body::Parts(_)) => text.push_str("\n    .multipart(form)"),
        None => {}
    }
    let read = reading(
        request,
        [
            "println!(\"{}\", response.status());",
            "println!(\"{:#}\", response.json::<serde_json::Value>().await?);",
            "println!(\"{}\", response.text().await?);",
        ],
    );
    let _ = write!(text, "\n    .send()\n    .await?\n    .error_for_status()?;\n{read}");
    text
}

/// net/http.
pub(super) fn go(request: &Request) -> String {
    let mut imports = vec!["fmt", "io", "net/http"];
    let mut before = String::new();
    let mut kind = None;
    let body = match &request.body {
        Some(Body::Json(value)) => {
            before = format!("\tbody := strings.NewReader({})\n", go_text(&lines(value, Language::Json, "\t")));
            "body"
        }
        Some(Body::Text(text)) => {
            before = format!("\tbody := strings.NewReader({})\n", go_text(text));
            "body"
        }
        Some(Body::Form(fields)) => {
            imports.push("net/url");
            kind = Some("\trequest.Header.Set(\"Content-Type\", \"application/x-www-form-urlencoded\")\n");
            before.push_str("\tform := url.Values{}\n");
            for (name, value) in fields {
                let _ = writeln!(before, "\tform.Set({}, {})", quoted(name), quoted(value));
            }
            "strings.NewReader(form.Encode())"
        }
        Some(Body::Parts(fields)) => {
            imports.extend(["bytes", "mime/multipart"]);
            kind = Some("\trequest.Header.Set(\"Content-Type\", form.FormDataContentType())\n");
            before.push_str("\tvar body bytes.Buffer\n\tform := multipart.NewWriter(&body)\n");
            for (name, value, is_file) in fields {
                let _ = match is_file {
                    true => writeln!(
                        before,
                        "\tform.CreateFormFile({}, \"FILE\") // and write the file to what it gives",
                        quoted(name)
                    ),
                    false => writeln!(before, "\tform.WriteField({}, {})", quoted(name), quoted(value)),
                };
            }
            before.push_str("\tform.Close()\n");
            "&body"
        }
        None => "nil",
    };
    if body.contains("NewReader") || before.contains("strings.NewReader") {
        imports.push("strings");
    }
    imports.sort_unstable();
    let imports: Vec<String> = imports.into_iter().map(|name| format!("\t{}", quoted(name))).collect();
    let mut text = format!("package main\n\nimport (\n{}\n)\n\nfunc main() {{\n{before}", imports.join("\n"));
    let _ = write!(
        text,
        "\trequest, err := http.NewRequest({}, {}, {body})\n\tif err != nil {{\n\t\tpanic(err)\n\t}}\n",
        quoted(&request.method),
        quoted(&request.url)
    );
    for (name, value) in &request.headers {
        let _ = writeln!(text, "\trequest.Header.Set({}, {})", quoted(name), quoted(value));
    }
    text.push_str(kind.unwrap_or_default());
    text.push_str("\tresponse, err := http.DefaultClient.Do(request)\n\tif err != nil {\n\t\tpanic(err)\n\t}\n");
    text.push_str("\tdefer response.Body.Close()\n\tanswer, _ := io.ReadAll(response.Body)\n");
    text.push_str("\tfmt.Println(response.Status, string(answer))\n}");
    text
}

/// A text of several lines.
fn go_text(text: &str) -> String {
    if text.contains('`') { quoted(text) } else { format!("`{text}`") }
}

/// java.net.http, of Java 15 and later.
pub(super) fn java(request: &Request) -> String {
    let mut headers = request.headers.clone();
    let body = match &request.body {
        Some(Body::Json(value)) => {
            format!("BodyPublishers.ofString({})", java_text(&lines(value, Language::Json, "        ")))
        }
        Some(Body::Text(text)) => format!("BodyPublishers.ofString({})", quoted(text)),
        Some(Body::Form(fields)) => {
            headers.push(("Content-Type".to_owned(), "application/x-www-form-urlencoded".to_owned()));
            let encode = |text: &str| {
                percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
            };
            let pairs: Vec<String> =
                fields.iter().map(|(name, text)| format!("{}={}", encode(name), encode(text))).collect();
            format!("BodyPublishers.ofString({})", quoted(&pairs.join("&")))
        }
        Some(Body::Parts(fields)) => {
            headers.push(("Content-Type".to_owned(), "multipart/form-data; boundary=part".to_owned()));
            let part = |(name, value, is_file): &(String, String, bool)| match is_file {
                true => {
                    format!("--part\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"FILE\"\r\n\r\n…\r\n")
                }
                false => format!("--part\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"),
            };
            let parts: String = fields.iter().map(part).collect();
            format!("BodyPublishers.ofString({})", quoted(&(parts + "--part--\r\n")))
        }
        None => "BodyPublishers.noBody()".to_owned(),
    };
    let mut text = String::from(
        "import java.net.URI;\nimport java.net.http.*;\nimport java.net.http.HttpRequest.BodyPublishers;\n\n",
    );
    let _ = write!(text, "var request = HttpRequest.newBuilder(URI.create({}))", quoted(&request.url));
    for (name, value) in &headers {
        let _ = write!(text, "\n    .header({}, {})", quoted(name), quoted(value));
    }
    let _ = write!(text, "\n    .method({}, {body})\n    .build();\n", quoted(&request.method));
    text.push_str("var response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());\n");
    text.push_str("System.out.println(response.statusCode() + \" \" + response.body());");
    text
}

/// A text block.
fn java_text(text: &str) -> String {
    format!("\"\"\"\n        {}\"\"\"", text.replace('\\', "\\\\").replace("\"\"\"", "\\\"\"\""))
}

/// `value` in several lines, each but the first behind `indent`.
fn lines(value: &Value, language: Language, indent: &str) -> String {
    let mut left = MOST_VALUES;
    literal::write(value, Form { language, indent: Some(indent), marks: false }, &mut left)
}
