//! The live page: who may ask and for how much, what is answered, what is taken back, and that it ends when it is told to.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use commonground::experiment::{Runs, compare};
use commonground::net::{Hosts, Server};
use commonground::scenario::Scenario;
use commonground::serve::{Live, app, limits};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tower::ServiceExt;

const OWN: &str = "127.0.0.1:8080";

fn pasture(name: &str) -> Scenario {
    Scenario::bundled(name).unwrap().with_steps(12).unwrap()
}

fn router() -> Router {
    app(Live::new(vec![pasture("pasture-fortress"), pasture("pasture-ostrom")], None), Hosts::loopback(8080))
}

fn wait<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap().block_on(work)
}

fn posted(path: &str, body: impl Into<Body>) -> Request<Body> {
    let request = Request::post(path).header("host", OWN).header("content-type", "application/json");
    request.body(body.into()).unwrap()
}

async fn text(router: Router, request: Request<Body>) -> (StatusCode, String) {
    let response = router.oneshot(request).await.unwrap();
    let status = response.status();
    let bytes = to_bytes(response.into_body(), 20_000_000).await.unwrap();
    (status, String::from_utf8(bytes.to_vec()).unwrap())
}

/// The answer to a question, to which the name of a page is added.
fn asked(router: &Router, mut question: Value) -> (StatusCode, Value) {
    question["page"] = question.get("page").cloned().unwrap_or(json!("test"));
    let (status, text) = wait(text(router.clone(), posted("/api/run", question.to_string())));
    (status, serde_json::from_str(&text).unwrap_or_else(|_| panic!("{status}: {text}")))
}

fn got(router: &Router, path: &str) -> (StatusCode, String) {
    wait(text(router.clone(), Request::get(path).header("host", OWN).body(Body::empty()).unwrap()))
}

/// The mean of a measure in an arm at the only setting of an answer.
fn mean(data: &Value, arm: usize, key: &str) -> f64 {
    let at = data["measures"].as_array().unwrap().iter().position(|measure| measure["key"] == key).unwrap();
    let record = data["points"].as_object().unwrap().values().next().unwrap()[arm].as_u64().unwrap();
    data["records"][record as usize]["outcomes"][at][0].as_f64().unwrap()
}

#[test]
fn what_is_answered_is_what_the_scenario_comes_to_with_those_values() {
    let router = router();
    let question = json!({ "values": [["/society/patience", 0.35], ["/rules/graduated_sanctions/fine", 1]], "stops": { "owners": "12" }, "runs": 48, "seed": 9 });
    let (status, data) = asked(&router, question.clone());
    assert_eq!(status, StatusCode::OK, "{data}");
    let set =
        |name: &str| pasture(name).set("/society/patience", 0.35).unwrap().set("/providers/herder/count", 12).unwrap();
    let arms = [set("pasture-fortress"), set("pasture-ostrom").set("/rules/graduated_sanctions/fine", 1).unwrap()];
    let wanted = compare(&arms, Runs::of(48).seed(9)).unwrap();
    for (arm, outcomes) in wanted.iter().enumerate() {
        for key in ["welfare", "stock_end"] {
            let wanted = outcomes.outcome(key).unwrap().mean().unwrap();
            assert!((mean(&data, arm, key) - wanted).abs() < 1e-4 * wanted.abs().max(0.01), "{key} of arm {arm}");
        }
    }
    let (_, unset) = asked(&router, json!({ "stops": { "owners": "12" }, "runs": 48, "seed": 9 }));
    assert!((mean(&unset, 0, "stock_end") - mean(&data, 0, "stock_end")).abs() > 1e-3, "the value makes a difference");
    let patience = data["turns"].as_array().unwrap().iter().find(|turn| turn["name"] == "patience").unwrap();
    assert_eq!(patience["stops"][1][0], "0.35", "a value at which a knob had no stop has one, in its place");
    let numbers = data["live"]["numbers"].as_array().unwrap();
    assert!(numbers.contains(&json!(["/society/patience", 0.35])) && numbers.len() > 50, "{numbers:?}");
}

#[test]
fn the_settings_around_are_those_one_turn_away_and_tell_what_it_depends_on() {
    let router = router();
    let question = |around: bool| json!({ "stops": { "patience": "0.5" }, "runs": 20, "around": around });
    let (_, alone) = asked(&router, question(false));
    let (_, around) = asked(&router, question(true));
    let points = |data: &Value| data["points"].as_object().unwrap().len();
    assert_eq!(points(&alone), 1);
    // Six herders, six patiences, three rules, and all rules off.
    assert_eq!(points(&around), 1 + 5 + 5 + 3 + 1);
    let point = alone["points"].as_object().unwrap().keys().next().unwrap().clone();
    assert_eq!(alone["pairs"][&point], around["pairs"][&point], "the same runs");
    let depends = |data: &Value| data["verdicts"][&point][1][2][1].as_str().unwrap().to_owned();
    assert!(depends(&alone).contains("is being worked out"), "{}", depends(&alone));
    assert!(!depends(&around).contains("is being worked out"), "{}", depends(&around));
}

#[test]
fn all_faults_are_told_at_once_with_place_value_and_way_out() {
    let router = router();
    let text = "{\n\"extends\": \"pasture-ostrom\",\n\"society\": { \"trust\": 2 },\n\"time\": { \"steps\": 0 },\n\"rulez\": {} }";
    let (status, told) = asked(&router, json!({ "arms": [{ "name": "mine.json", "text": text }] }));
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(told["problem"], "3 faults in mine.json");
    let faults = told["faults"].as_array().unwrap();
    let of = |place: &str| faults.iter().find(|fault| fault["place"] == place).unwrap_or_else(|| panic!("{told}"));
    assert_eq!(of("society.trust")["problem"], "`2` is outside the range 0 to 1");
    assert_eq!(of("time.steps")["line"], "line 4");
    assert!(of("rulez")["problem"].as_str().unwrap().contains("rules"), "{told}");
    let dead = json!({ "values": [["/society/patiense", 1], ["/society/trusst", 1], ["/society/trust", 0.1]] });
    let (status, told) = asked(&router, dead);
    assert_eq!((status, told["faults"].as_array().unwrap().len()), (StatusCode::UNPROCESSABLE_ENTITY, 2), "{told}");
    assert!(told["faults"][0]["problem"].as_str().unwrap().contains("patience"), "{told}");
}

#[test]
fn nothing_that_a_visitor_names_is_read_from_the_disk() {
    let folder = tempfile::tempdir().unwrap();
    let secret = folder.path().join("secret.json");
    std::fs::write(&secret, Scenario::bundled("pasture-owner").unwrap().resolved().replace("owner", "SECRET")).unwrap();
    std::fs::write(folder.path().join("secret.csv"), "month,SECRET\n1,2\n").unwrap();
    let path = secret.to_str().unwrap();
    Scenario::open(path).expect("the program itself may read it");
    let router = router();
    let csv = json!({ "extends": "place-fortress", "providers": { "acute": { "need": { "rate": { "csv": { "file": folder.path().join("secret.csv"), "column": "SECRET" } } } } } });
    let texts = [json!({ "extends": path }), json!({ "extends": ["pasture-owner", path] }), csv];
    let asks = texts.map(|text| json!({ "name": "mine.json", "text": text.to_string() }));
    let names = [
        path.to_owned(),
        format!("pasture-owner+{path}"),
        "../../../../etc/passwd".to_owned(),
        "/etc/passwd".to_owned(),
    ];
    let names = names.map(|name| json!({ "name": name }));
    for arm in asks.into_iter().chain(names) {
        let (status, told) = asked(&router, json!({ "arms": [arm], "runs": 20 }));
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{arm}: {told}");
        let words = told.to_string().replace(path, "").replace("secret.csv", "");
        assert!(!words.contains("SECRET,") && !words.contains("root:"), "{arm}: {told}");
    }
}

#[test]
fn what_is_asked_for_is_bounded_and_one_is_told_the_bound() {
    let router = router();
    let large = |key: &str, value: u64| {
        let pointer = if key == "steps" {
            json!({ "time": { "steps": value } })
        } else {
            json!({ "providers": { "herder": { "count": value } } })
        };
        let mut text = pointer;
        text["extends"] = json!("pasture-fortress");
        text["knobs"] = Value::Null;
        json!({ "arms": [{ "name": "a", "text": text.to_string() }] })
    };
    let many = |count: usize| -> Vec<Value> { (0..count).map(|_| json!({ "name": "pasture-owner" })).collect() };
    let cases = [
        (json!({ "runs": limits::MOST_RUNS + 1 }), "a page makes 20 to 1000"),
        (json!({ "runs": 0 }), "a page makes 20 to 1000"),
        (json!({ "seed": limits::MOST_SEED + 1 }), "seed"),
        (json!({ "arms": many(limits::MOST_ARMS + 1) }), "6 at most"),
        (json!({ "values": vec![("/society/trust", 0.5); limits::MOST_VALUES + 1] }), "50 at most"),
        (json!({ "stops": { "x".repeat(limits::LONGEST_NAME + 1): "1" } }), "letters"),
        (large("steps", 20_000), "steps are more than a page can wait for"),
        (large("count", 900_000), "providers are more than a page can wait for"),
        (large("count", 19_000), "runs would fit"),
        (
            json!({ "values": [["/providers/herder/count", 1_000_000]] }),
            "1000000 providers are more than a page can wait for",
        ),
        (json!({ "values": [["/providers/herder/count", "many"]] }), "herder.count"),
        (json!({ "arms": many(2) }), "is given twice"),
        (json!({ "arms": [{ "name": "pasture-fortress" }, { "name": "place-fortress" }] }), "the same `time`"),
    ];
    for (question, words) in cases {
        let (status, told) = asked(&router, question.clone());
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{question}: {told}");
        assert!(told.to_string().contains(words), "{question}: {told}\nwanted: {words}");
    }
    let (status, words) = wait(text(router.clone(), posted("/api/run", "x".repeat(limits::MOST_BYTES + 1))));
    assert!(status == StatusCode::PAYLOAD_TOO_LARGE && words.contains("1000 kB"), "{words}");
    for body in ["", "{", "[]", &"[".repeat(100_000), "{\"page\":\"a\",\"runz\":1}", "{\"page\":\"<img>\"}"] {
        let (status, _) = wait(text(router.clone(), posted("/api/run", body.to_owned())));
        assert_eq!(status, StatusCode::BAD_REQUEST, "{}", &body[..body.len().min(30)]);
    }
    let form = Request::post("/api/run").header("host", OWN).header("content-type", "text/plain");
    let (status, _) = wait(text(router.clone(), form.body(Body::from("{\"page\":\"a\"}")).unwrap()));
    assert_eq!(status, StatusCode::UNSUPPORTED_MEDIA_TYPE, "what a page from elsewhere may send unasked");
}

#[test]
fn no_page_from_elsewhere_can_ask() {
    let router = router();
    let status = |headers: &[(&str, &str)], path: &str| {
        let request = headers.iter().fold(Request::get(path), |request, (name, value)| request.header(*name, *value));
        let (status, _) = wait(text(router.clone(), request.body(Body::empty()).unwrap()));
        status
    };
    for host in [OWN, "localhost:8080", "LOCALHOST:8080", "[::1]:8080"] {
        assert_eq!(status(&[("host", host)], "/"), StatusCode::OK, "{host}");
    }
    for host in ["", "127.0.0.1", "127.0.0.1:8081", "evil.example:8080", "127.0.0.1.evil.example:8080", "0.0.0.0:8080"]
    {
        assert_eq!(status(&[("host", host)], "/"), StatusCode::FORBIDDEN, "{host}");
    }
    assert_eq!(status(&[], "/"), StatusCode::FORBIDDEN, "no host at all");
    assert_eq!(status(&[("host", OWN), ("host", "evil.example")], "/"), StatusCode::FORBIDDEN, "two hosts");
    for origin in [
        "http://evil.example",
        "null",
        "https://127.0.0.1:8080",
        "http://127.0.0.1:8081",
        "http://127.0.0.1:8080.evil.example",
    ] {
        assert_eq!(status(&[("host", OWN), ("origin", origin)], "/api/scenarios"), StatusCode::FORBIDDEN, "{origin}");
    }
    assert_eq!(status(&[("host", OWN), ("origin", "http://127.0.0.1:8080")], "/api/scenarios"), StatusCode::OK);
    let site = |site, mode, path| status(&[("host", OWN), ("sec-fetch-site", site), ("sec-fetch-mode", mode)], path);
    assert_eq!(site("cross-site", "no-cors", "/api/scenarios"), StatusCode::FORBIDDEN);
    assert_eq!(site("same-site", "cors", "/api/scenarios"), StatusCode::FORBIDDEN);
    assert_eq!(site("same-origin", "cors", "/api/scenarios"), StatusCode::OK);
    assert_eq!(site("cross-site", "navigate", "/"), StatusCode::OK, "a link from elsewhere may lead here");
}

#[test]
fn the_page_carries_a_policy_and_everything_that_it_loads_is_there() {
    let router = router();
    let request = Request::get("/").header("host", OWN).body(Body::empty()).unwrap();
    let response = wait(router.clone().oneshot(request)).unwrap();
    let policy = response.headers()["content-security-policy"].to_str().unwrap().to_owned();
    assert!(
        policy.contains("default-src 'none'")
            && policy.contains("script-src 'self';")
            && policy.contains("style-src 'self';"),
        "{policy}"
    );
    assert!(!policy.contains("unsafe"), "{policy}");
    assert_eq!(response.headers()["x-content-type-options"], "nosniff");
    let (_, html) = got(&router, "/");
    for word in [" style=", " onclick=", "<style", "javascript:", "http://", "https://"] {
        assert!(!html.contains(word), "{word}");
    }
    let mut open = vec!["live.js".to_owned()];
    let mut seen: Vec<String> = Vec::new();
    while let Some(name) = open.pop().filter(|_| seen.len() < 50) {
        let (status, script) = got(&router, &format!("/page/{name}"));
        assert_eq!(status, StatusCode::OK, "{name}");
        for line in script.lines().filter(|line| line.starts_with("import ")) {
            let from = line.split("'./").nth(1).unwrap().trim_end_matches("';").to_owned();
            if !seen.contains(&from) && !open.contains(&from) {
                open.push(from);
            }
        }
        assert!(!script.contains("innerHTML") && !script.contains("eval("), "{name}");
        seen.push(name);
    }
    assert!(seen.len() > 10, "{seen:?}");
    assert_eq!(got(&router, "/page/page.css").0, StatusCode::OK);
    for path in ["/page/nothing.js", "/page/..%2f..%2fCargo.toml", "/api/nothing", "/class-room"] {
        assert_eq!(got(&router, path).0, StatusCode::NOT_FOUND, "{path}");
    }
    let (_, list) = got(&router, "/api/scenarios");
    let list: Value = serde_json::from_str(&list).unwrap();
    let names: Vec<&str> = list["scenarios"].as_array().unwrap().iter().map(|one| one[0].as_str().unwrap()).collect();
    assert!(names.starts_with(&["pasture-fortress", "pasture-ostrom"]) && names.contains(&"place-based"), "{names:?}");
}

/// A question that takes far longer than a test may.
fn long(page: &str) -> String {
    json!({ "page": page, "arms": [{ "name": "place-fortress" }, { "name": "place-based" }], "runs": 1000, "around": true }).to_string()
}

#[test]
fn runs_are_taken_back_when_asked_by_a_newer_question_or_when_nobody_waits() {
    let router = router();
    let far = |router: Router| async move {
        let request = Request::get("/api/progress/slow").header("host", OWN).body(Body::empty()).unwrap();
        serde_json::from_str::<Value>(&text(router, request).await.1).unwrap()
    };
    let begun = async |router: &Router| {
        for _ in 0..600 {
            if far(router.clone()).await[1].as_u64().is_some_and(|all| all > 4) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        panic!("the runs never began");
    };
    wait(async {
        let ask = |body: String| tokio::spawn(text(router.clone(), posted("/api/run", body)));
        let first = ask(long("slow"));
        begun(&router).await;
        let asked = Instant::now();
        let (status, _) = text(router.clone(), posted("/api/cancel/slow", "")).await;
        assert_eq!(status, StatusCode::NO_CONTENT);
        let (status, words) = first.await.unwrap();
        assert!(status == StatusCode::CONFLICT && words.contains("Cancelled"), "{status} {words}");
        assert!(asked.elapsed() < Duration::from_secs(5), "{:?}", asked.elapsed());

        let second = ask(long("slow"));
        begun(&router).await;
        let newer = ask(json!({ "page": "slow", "runs": 20 }).to_string());
        assert_eq!(second.await.unwrap().0, StatusCode::CONFLICT);
        assert_eq!(newer.await.unwrap().0, StatusCode::OK);

        let third = ask(long("slow"));
        begun(&router).await;
        third.abort();
        let gone = Instant::now();
        while !far(router.clone()).await.is_null() {
            assert!(gone.elapsed() < Duration::from_secs(5), "the question of a client that went away is still there");
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    });
}

#[test]
fn the_server_answers_beside_idle_and_slow_clients_and_stops_within_a_second() {
    let live = Live::new(vec![pasture("pasture-fortress")], None);
    let server = Server::bind(("127.0.0.1", 0)).unwrap();
    let (address, stop) = (server.address(), server.stop());
    assert!(address.ip().is_loopback());
    let taken = Server::bind(address).unwrap_err();
    assert_eq!(taken.kind(), std::io::ErrorKind::AddrInUse);
    let running = std::thread::spawn(move || {
        let router = app(live.clone(), Hosts::loopback(address.port()));
        server.run(router, limits::MOST_CONNECTIONS, || live.close())
    });
    let open = || TcpStream::connect(address).unwrap();
    let _idle: Vec<TcpStream> = (0..20).map(|_| open()).collect();
    let mut half = open();
    half.write_all(b"POST /api/run HTTP/1.1\r\nHost: ").unwrap();
    let mut unread = open();
    let body = long("slow");
    write!(unread, "POST /api/run HTTP/1.1\r\nHost: {address}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}", body.len()).unwrap();
    let mut asks = open();
    write!(asks, "GET / HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    asks.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200") && answer.contains("live.js"), "{answer}");
    std::thread::sleep(Duration::from_millis(300));
    let asked = Instant::now();
    stop.stop();
    running.join().unwrap().unwrap();
    assert!(asked.elapsed() < Duration::from_secs(1), "{:?}", asked.elapsed());
}

/// Starts the program on a free port and waits for its address.
fn started(port: &str) -> (Child, String) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_commonground"))
        .args(["serve", "pasture-owner", "--port", port, "--quiet"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut address = String::new();
    BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut address).unwrap();
    (child, address.trim().to_owned())
}

#[test]
fn the_command_says_its_address_tells_of_a_taken_port_and_ends_by_a_signal_with_open_sockets() {
    let (mut child, address) = started("0");
    let socket = address.trim_start_matches("http://").trim_end_matches('/').to_owned();
    assert!(socket.starts_with("127.0.0.1:"), "{address}");
    let port = socket.rsplit(':').next().unwrap();
    let other = Command::new(env!("CARGO_BIN_EXE_commonground")).args(["serve", "--port", port]).output().unwrap();
    let words = String::from_utf8(other.stderr).unwrap().replace('\n', " ");
    assert_eq!(other.status.code(), Some(2));
    assert!(words.contains(&format!("port {port} is taken")) && words.contains("--port 0"), "{words}");
    let _open = TcpStream::connect(&socket).unwrap();
    let sent = Instant::now();
    assert!(Command::new("kill").args(["-TERM", &child.id().to_string()]).status().unwrap().success());
    assert_eq!(child.wait().unwrap().code(), Some(143));
    assert!(sent.elapsed() < Duration::from_secs(1), "{:?}", sent.elapsed());
}

#[test]
fn arms_that_stand_elsewhere_keep_their_own_value_and_one_is_told() {
    let router = router();
    let text = json!({ "extends": "pasture-fortress", "title": "Patient", "time": { "steps": 12 }, "society": { "patience": 0.99 } });
    let arms = json!([{ "name": "pasture-fortress" }, { "name": "mine.json", "text": text.to_string() }]);
    let (status, data) = asked(&router, json!({ "arms": arms, "runs": 20 }));
    assert_eq!(status, StatusCode::OK, "{data}");
    assert_eq!(data["live"]["notes"], json!(["“mine.json” keeps its own value of “Patience”."]));
    let turn = data["turns"].as_array().unwrap().iter().find(|turn| turn["name"] == "patience").unwrap();
    assert_eq!(turn["follows"], json!([true, false]));
}
