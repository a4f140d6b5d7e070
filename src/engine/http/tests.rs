//! The engine against a server of the tests' own.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    sync::atomic::{AtomicUsize, Ordering},
};

use super::*;
use crate::model::Prosody;
use crate::{engine::contract::words, model::Gender};

/// What the server answers: status line, further headers, body.
type Reply = (&'static str, &'static str, Vec<u8>);

/// A server that gives `replies` in turn, the last one again and again; what it was asked, and how many
/// requests were under way at once at most.
struct Server {
    address: String,
    asked: Arc<Mutex<Vec<String>>>,
    most: Arc<AtomicUsize>,
}

impl Server {
    fn new(replies: Vec<Reply>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}/v1/audio/speech", listener.local_addr().unwrap());
        let asked = Arc::new(Mutex::new(Vec::new()));
        let (now, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let server = Self { address, asked: Arc::clone(&asked), most: Arc::clone(&most) };
        let replies = Arc::new(replies);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (asked, replies) = (Arc::clone(&asked), Arc::clone(&replies));
                let (now, most) = (Arc::clone(&now), Arc::clone(&most));
                thread::spawn(move || serve(stream, &asked, &replies, &now, &most));
            }
        });
        server
    }

    fn engine(&self, change: impl Fn(&mut Service)) -> HttpEngine {
        let voice = program::voice("http", "alto", "en-US", Gender::Female, 8000);
        let mut service = Service {
            url: self.address.clone(),
            model: "m1".into(),
            key: None,
            answer: Answer::Pcm,
            requests: 2,
            seconds: 20,
            price_per_million: None,
            characters: 4000,
        };
        change(&mut service);
        HttpEngine::waiting(vec![(voice, service)], Duration::from_millis(1))
    }

    fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

fn serve(
    mut stream: TcpStream,
    asked: &Mutex<Vec<String>>,
    replies: &[Reply],
    now: &AtomicUsize,
    most: &AtomicUsize,
) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    loop {
        let (mut head, mut length) = (String::new(), 0);
        loop {
            let mut line = String::new();
            if reader.read_line(&mut line).unwrap_or(0) == 0 {
                return;
            }
            if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
                length = value.trim().parse().unwrap();
            }
            head += &line;
            if line == "\r\n" {
                break;
            }
        }
        let mut body = vec![0; length];
        reader.read_exact(&mut body).unwrap();
        most.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
        let number = {
            let mut asked = asked.lock().unwrap();
            asked.push(head + &String::from_utf8(body).unwrap());
            asked.len()
        };
        let (status, headers, body) = &replies[number.min(replies.len()) - 1];
        now.fetch_sub(1, Ordering::SeqCst);
        let head = format!("HTTP/1.1 {status}\r\n{headers}Content-Length: {}\r\n\r\n", body.len());
        if stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body)).is_err() {
            return;
        }
    }
}

/// A tenth of a second of sound.
fn sound() -> Vec<u8> {
    [0, 64].repeat(800)
}

fn say(engine: &HttpEngine, text: &str) -> Result<Clip, EngineError> {
    let words = words(text);
    let prosody = Prosody { rate: Some(1.5), ..Prosody::default() };
    let utterance = Utterance { words: &words, language: "en", prosody, seed: 0 };
    engine.open(&engine.voices()[0])?.synthesize(&utterance)
}

#[test]
fn it_asks_as_the_interface_wants_it() {
    let server = Server::new(vec![("200 OK", "", sound())]);
    // PATH is an environment variable that there always is.
    let clip = say(&server.engine(|s| s.key = Some("PATH".into())), "Two words.").unwrap();
    assert_eq!((clip.samples.len(), clip.sample_rate, clip.marks.len()), (800, 8000, 2));
    let asked = server.asked().remove(0);
    let key = env::var("PATH").unwrap();
    assert!(
        asked
            .to_ascii_lowercase()
            .contains(&format!("authorization: bearer {key}").to_ascii_lowercase())
    );
    let body: serde_json::Value =
        serde_json::from_str(asked.split("\r\n\r\n").nth(1).unwrap()).unwrap();
    let wanted = json!({
        "model": "m1", "voice": "alto", "input": "Two words.", "response_format": "pcm", "speed": 1.5,
    });
    assert_eq!(body, wanted);
    let nothing =
        server.engine(|_| ()).open(&server.engine(|_| ()).voices()[0]).unwrap().synthesize(
            &Utterance { words: &[], language: "en", prosody: Prosody::default(), seed: 0 },
        );
    assert!(nothing.unwrap().samples.is_empty());
    assert_eq!(server.asked().len(), 1, "nothing was asked for nothing");
}

#[test]
fn a_busy_service_is_asked_again_and_one_that_refuses_is_not() {
    let busy = |status| (status, "Retry-After: 0\r\n", b"slow down".to_vec());
    let server = Server::new(vec![
        busy("429 Too Many Requests"),
        busy("503 Service Unavailable"),
        ("200 OK", "", sound()),
    ]);
    assert!(say(&server.engine(|_| ()), "words").is_ok());
    assert_eq!(server.asked().len(), 3);

    let server = Server::new(vec![busy("500 Internal Server Error")]);
    let error = say(&server.engine(|_| ()), "words").unwrap_err().to_string();
    assert!(error.contains("it answered 500: slow down (asked 5 times)"), "{error}");
    assert_eq!(server.asked().len(), 5);

    let server = Server::new(vec![("401 Unauthorized", "", b"bad key".to_vec())]);
    let error =
        say(&server.engine(|s| s.key = Some("PATH".into())), "words").unwrap_err().to_string();
    assert!(error.contains("it answered 401: bad key (asked 1 times)"), "{error}");
    assert!(!error.contains(&env::var("PATH").unwrap()), "the key is in {error}");

    let server =
        Server::new(vec![("429 Too Many Requests", "Retry-After: 100000\r\n", Vec::new())]);
    let error = say(&server.engine(|_| ()), "words").unwrap_err().to_string();
    assert!(error.contains("wants to be left alone for 100000 s"), "{error}");
    assert_eq!(server.asked().len(), 1);
}

#[test]
fn no_more_requests_are_under_way_than_declared() {
    let server = Server::new(vec![("200 OK", "", sound())]);
    let engine = server.engine(|s| s.requests = 2);
    thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| say(&engine, "words").unwrap());
        }
    });
    assert_eq!(server.asked().len(), 8);
    assert!(server.most.load(Ordering::SeqCst) <= 2);
}

#[test]
fn what_is_no_sound_is_refused_by_name() {
    let html = b"<!doctype html><title>Sign in</title>".to_vec();
    for answer in [Answer::Pcm, Answer::Wav] {
        let server = Server::new(vec![("200 OK", "", html.clone())]);
        let error = say(&server.engine(|s| s.answer = answer), "words").unwrap_err().to_string();
        assert!(error.contains("text: \"<!doctype html><title>Sign in"), "{error}");
    }
    let server = Server::new(vec![("302 Found", "Location: http://127.0.0.1:1/\r\n", Vec::new())]);
    let error = say(&server.engine(|_| ()), "words").unwrap_err().to_string();
    assert!(error.contains("it answered 302"), "{error}");
    let error =
        say(&server.engine(|s| s.key = Some("ALOUD_NO_SUCH_KEY".into())), "words").unwrap_err();
    assert_eq!(
        error.to_string(),
        "voice http:alto: set ALOUD_NO_SUCH_KEY to the key of its service"
    );
    let gone = server.engine(|s| s.url = "http://127.0.0.1:1/v1/audio/speech".into());
    assert!(say(&gone, "words").unwrap_err().to_string().contains("(asked 5 times)"));
}
