//! What bodies of functions say of routes.

#![allow(clippy::unwrap_used, reason = "a failing test may panic")]

use super::super::tokens::Tokens;
use super::router::{Router, Written, router};

fn text(written: &Written) -> String {
    match written {
        Written::Text(text) => text.clone(),
        Written::Name(path) => path.iter().map(|name| name.as_str()).collect::<Vec<_>>().join("::"),
        Written::Unknown => "?".to_owned(),
    }
}

/// The prefixes around a scope, from the outside, along the first parents.
fn prefixes(router: &Router, scope: usize) -> String {
    let around = router.scopes[scope].parents.first().map_or(String::new(), |outer| prefixes(router, *outer));
    around + &text(&router.scopes[scope].prefix)
}

#[test]
fn routes_stand_where_their_router_is_put() {
    let cases: &[(&str, &[&str])] = &[
        ("Router::new().route(\"/a\", get(x).post(y::<S>)).layer(f(delete(z)))", &["GET /a x", "POST /a y"]),
        ("Router::new().route(PATH, axum::routing::put(x))", &["PUT PATH x"]),
        ("Router::new().nest(\"/b\", Router::new().route(\"/a\", get(x)))", &["GET /b/a x"]),
        ("let r = Router::new().route(\"/a\", get(x)); Router::new().nest(\"/b\", r)", &["GET /b/a x"]),
        (
            "let mut r = Router::new(); r = r.route(\"/a\", get(x)); if c { r = r.route(\"/b\", get(y)); } s.nest(\"/c\", r)",
            &["GET /c/a x", "GET /c/b y"],
        ),
        ("r.route(\"/a\", on(MethodFilter::PATCH, x))", &["PATCH /a x"]),
        ("r.api_route(\"/a\", get_with(m::x, m::doc))", &["GET /a x"]),
        ("r.route(\"/a\", get(|| async {})).route(&p, get(y))", &["GET p y"]),
        ("r.nest(&format!(\"/{v}\"), s.route(\"/a\", get(x)))", &["GET ?/a x"]),
        (
            "cfg.service(web::scope(\"/s\").service(web::resource(\"/r\").route(web::get().to(x)).post(y)).route(\"/q\", web::put().to(z)));",
            &["GET /s/r x", "POST /s/r y", "PUT /s/q z"],
        ),
        (
            "let mut s = web::scope(\"/s\").route(\"/a\", web::get().to(x)); s = s.wrap(w); c.service(s.route(\"/b\", web::get().to(y)));",
            &["GET /s/a x", "GET /s/b y"],
        ),
        ("Route::new().at(\"/a\", get(x).delete(y))", &["GET /a x", "DELETE /a y"]),
    ];
    for (body, expected) in cases {
        let tokens = Tokens::of(body);
        let found = router(&tokens, 0..tokens.len()).unwrap();
        let mut routes: Vec<String> = Vec::new();
        for route in &found.routes {
            let handler = route.handler.last().unwrap();
            routes.push(format!("{} {}{} {handler}", route.method, prefixes(&found, route.scope), text(&route.path)));
        }
        let (mut routes, mut expected) = (routes, expected.to_vec());
        routes.sort();
        expected.sort_unstable();
        assert_eq!(routes, expected, "{body}");
    }
}

#[test]
fn what_is_put_somewhere_is_told_with_its_place() {
    let cases: &[(&str, &[&str])] = &[
        ("Router::new().nest(\"/a\", m::router()).merge(other())", &["/a m::router", " other"]),
        ("rocket::build().mount(\"/a\", routes![x, m::y])", &["/a x", "/a m::y"]),
        ("let mut s = a::scope(\"/s\"); s = s.app_data(d); c.service(s.service(info));", &["/s info"]),
        ("OpenApiRouter::new().nest(\"/a\", OpenApiRouter::new().routes(routes!(x)))", &["/a x"]),
        ("cfg.service(web::scope(\"/s\").configure(m::configure))", &["/s m::configure"]),
    ];
    for (body, expected) in cases {
        let tokens = Tokens::of(body);
        let found = router(&tokens, 0..tokens.len()).unwrap();
        let mentions: Vec<String> = found
            .mentions
            .iter()
            .map(|mention| {
                format!("{} {}", prefixes(&found, mention.scope), text(&Written::Name(mention.path.clone())))
            })
            .collect();
        for expected in *expected {
            assert!(mentions.iter().any(|mention| mention == expected), "{expected} in {mentions:?}");
        }
    }
    assert!(router(&Tokens::of("a.b(c)"), 0..6).is_none());
}
