//! The engine against a server of the tests' own.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    sync::atomic::{AtomicUsize, Ordering},
};

use super::*;
use crate::{
    engine::contract::{self, words},
    model::{Gender, Prosody},
};

/// What the server answers: status line, further headers, body. A body that is shorter than a `Content-Length`
/// among the headers ends with the connection; none at all never comes.
type Reply = (&'static str, &'static str, Vec<u8>);

/// What answers: it is told what was asked (the JSON), and for the how manieth time.
type Answers = dyn Fn(&str, usize) -> Option<Reply> + Send + Sync;

/// A server; what it was asked, and how many requests were under way at once at most.
struct Server {
    address: String,
    asked: Arc<Mutex<Vec<String>>>,
    most: Arc<AtomicUsize>,
}

impl Server {
    /// One that gives `replies` in turn, the last one again and again.
    fn new(replies: Vec<Reply>) -> Self {
        Self::answering(move |_, number| Some(replies[number.min(replies.len()) - 1].clone()))
    }

    fn answering(answers: impl Fn(&str, usize) -> Option<Reply> + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}/v1/audio/speech", listener.local_addr().unwrap());
        let asked = Arc::new(Mutex::new(Vec::new()));
        let (now, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let server = Self { address, asked: Arc::clone(&asked), most: Arc::clone(&most) };
        let answers: Arc<Answers> = Arc::new(answers);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (asked, answers) = (Arc::clone(&asked), Arc::clone(&answers));
                let (now, most) = (Arc::clone(&now), Arc::clone(&most));
                thread::spawn(move || serve(stream, &asked, &*answers, &now, &most));
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
            speed: true,
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
    answers: &Answers,
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
        let body = String::from_utf8(body).unwrap();
        let number = {
            let mut asked = asked.lock().unwrap();
            asked.push(head + &body);
            asked.len()
        };
        let reply = answers(&body, number);
        now.fetch_sub(1, Ordering::SeqCst);
        let Some((status, headers, body)) = reply else {
            // Until the other side has enough of waiting.
            let _ = reader.read(&mut [0]);
            return;
        };
        let mut head = format!("HTTP/1.1 {status}\r\n{headers}");
        let whole = !head.contains("Content-Length");
        if whole {
            head += &format!("Content-Length: {}\r\n", body.len());
        }
        head += "\r\n";
        let sent = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(&body));
        if sent.is_err() || !whole {
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
    assert!(error.contains("it answered 401: bad key"), "{error}");
    assert!(!error.contains(&env::var("PATH").unwrap()), "the key is in {error}");

    let server =
        Server::new(vec![("429 Too Many Requests", "Retry-After: 100000\r\n", Vec::new())]);
    let error = say(&server.engine(|_| ()), "words").unwrap_err().to_string();
    assert!(error.contains("wants to be left alone for 100000 s"), "{error}");
    assert_eq!(server.asked().len(), 1);

    // A date in the future that is further away than anybody waits for one sentence.
    let server = Server::new(vec![(
        "503 Service Unavailable",
        "Retry-After: Fri, 31 Dec 9999 23:59:59 GMT\r\n",
        Vec::new(),
    )]);
    let error = say(&server.engine(|_| ()), "words").unwrap_err().to_string();
    assert!(error.contains("wants to be left alone for"), "{error}");
    assert_eq!(server.asked().len(), 1);
}

#[test]
fn a_wait_is_asked_for_in_seconds_or_until_a_date() {
    let now = UNIX_EPOCH + Duration::from_secs(784_111_777);
    for (value, wanted) in [
        ("120", Some(120)),
        (" 0 ", Some(0)),
        ("Sun, 06 Nov 1994 08:50:07 GMT", Some(30)),
        ("Sun, 06 Nov 1994 08:49:37 GMT", Some(0)),
        ("Sat, 05 Nov 1994 08:49:37 GMT", Some(0)),
        ("-5", None),
        ("soon", None),
        ("", None),
    ] {
        assert_eq!(retry_after(value, now), wanted.map(Duration::from_secs), "{value}");
    }
}

#[test]
fn a_service_that_is_silent_or_breaks_off_is_asked_again() {
    let server = Server::answering(|_, number| (number > 1).then(|| ("200 OK", "", sound())));
    assert!(say(&server.engine(|s| s.seconds = 1), "words").is_ok());
    assert_eq!(server.asked().len(), 2, "the first one was never answered");

    let half = ("200 OK", "Content-Length: 1600\r\n", sound()[..600].to_vec());
    let server = Server::new(vec![half.clone(), ("200 OK", "", sound())]);
    assert_eq!(say(&server.engine(|_| ()), "words").unwrap().samples.len(), 800);
    assert_eq!(server.asked().len(), 2);
    let server = Server::new(vec![half]);
    let error = say(&server.engine(|_| ()), "words").unwrap_err().to_string();
    assert!(error.contains("its answer broke off") && error.contains("(asked 5 times)"), "{error}");
}

/// Speaks as a service does: a tone, whose length follows from the text and the speed that are asked for.
fn service(asked: &str, samples_per_second: f64) -> Vec<u8> {
    let asked: serde_json::Value = serde_json::from_str(asked).unwrap();
    let letters = asked["input"].as_str().unwrap().chars().count();
    #[expect(clippy::cast_precision_loss)]
    let seconds = letters as f64 * 0.06 / asked["speed"].as_f64().unwrap();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let length = (seconds * samples_per_second) as usize;
    let sample = |i: usize| if (i / 20).is_multiple_of(2) { 4000_i16 } else { -4000 };
    (0..length).flat_map(|i| sample(i).to_le_bytes()).collect()
}

#[test]
fn the_contract_holds() {
    let server = Server::answering(|asked, _| Some(("200 OK", "", service(asked, 8000.0))));
    let engine = server.engine(|_| ());
    contract::holds(&engine, &engine.voices()[0]);
}

#[test]
fn a_service_without_speeds_is_asked_for_none() {
    let server = Server::new(vec![("200 OK", "", sound())]);
    let engine = server.engine(|s| s.speed = false);
    say(&engine, "words").unwrap();
    assert!(!server.asked()[0].contains("speed"), "{}", server.asked()[0]);
    let pace = engine.capabilities(&engine.voices()[0]).pace(Some(1.5));
    assert_eq!((pace.own, pace.stretch), (1.0, 1.5));
}

/// `samples`, 16 bit at 8,000 a second, as an MP3.
fn mp3(samples: &[u8]) -> Vec<u8> {
    use rusty_mp3::{Mp3Encoder, Mp3EncoderConfig};
    let mut encoder = Mp3Encoder::new(Mp3EncoderConfig { bitrate_kbps: 32, vbr_quality: None });
    encoder.push_pcm_s16le(samples, 1, 8000).unwrap();
    encoder.finish();
    std::iter::from_fn(|| encoder.next_packet().ok()).flatten().collect()
}

#[test]
fn mp3_is_an_answer_too() {
    let server = Server::answering(|asked, _| {
        assert!(asked.contains("\"response_format\":\"mp3\""), "{asked}");
        Some(("200 OK", "", mp3(&service(asked, 8000.0))))
    });
    let engine = server.engine(|s| s.answer = Answer::Mp3);
    let clip = say(&engine, "Twenty-five characters...").unwrap();
    // A second at speed 1.5 and sample rate 8,000, and up to three frames of the format's own.
    assert!((8000..8000 + 3 * 576).contains(&clip.samples.len()), "{}", clip.samples.len());
    assert_eq!((clip.sample_rate, clip.marks.len()), (8000, 2));
    let loudest = clip.samples.iter().fold(0.0_f32, |most, s| most.max(s.abs()));
    assert!((0.09..0.25).contains(&loudest), "{loudest}");

    let (voice, client) = &engine.voices[0];
    let voice = Voice { sample_rate: 24_000, ..voice.clone() };
    let voices = vec![(voice, client.service.clone())];
    let error = say(&HttpEngine::waiting(voices, Duration::ZERO), "words").unwrap_err().to_string();
    assert!(
        error.contains("gives 8000 samples per second, and its voice.toml says 24000"),
        "{error}"
    );
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
    for answer in [Answer::Pcm, Answer::Wav, Answer::Mp3] {
        let server = Server::new(vec![("200 OK", "", html.clone())]);
        let error = say(&server.engine(|s| s.answer = answer), "words").unwrap_err().to_string();
        assert!(error.contains("text: \"<!doctype html><title>Sign in"), "{error}");
    }
    for answer in [Answer::Wav, Answer::Mp3] {
        let server = Server::new(vec![("200 OK", "", vec![0xF7; 5000])]);
        let error = say(&server.engine(|s| s.answer = answer), "words").unwrap_err().to_string();
        assert!(error.contains("5000 other bytes") || error.contains("its answer is"), "{error}");
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
