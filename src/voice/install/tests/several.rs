//! Packs of several sources, of which npm packages and web servers are some.

use std::{
    io::{BufRead, BufReader},
    net::TcpListener,
};

use flate2::{Compression, write::GzEncoder};

use super::*;

/// An npm package with these entries.
fn tgz(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut tar = tar::Builder::new(GzEncoder::new(Vec::new(), Compression::fast()));
    for (path, bytes) in entries {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        tar.append_data(&mut header, path, *bytes).expect("an entry");
    }
    tar.into_inner().expect("a tar").finish().expect("a gzip")
}

/// A web server on this machine that gives `answers` in turn, then is gone.
fn serve(answers: Vec<Vec<u8>>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = format!("http://{}", listener.local_addr().expect("an address"));
    thread::spawn(move || {
        for answer in answers {
            let Ok((mut stream, _)) = listener.accept() else { return };
            let mut lines = BufReader::new(stream.try_clone().expect("a stream")).lines();
            while lines.next().is_some_and(|l| l.is_ok_and(|l| !l.is_empty())) {}
            // The client may have gone already, which is its right.
            let _ = stream.write_all(&answer);
        }
    });
    address
}

fn answer(body: &[u8]) -> Vec<u8> {
    let head =
        format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", body.len());
    [head.as_bytes(), body].concat()
}

fn redirect(to: &str) -> Vec<u8> {
    format!(
        "HTTP/1.1 302 Found\r\nLocation: {to}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
    )
    .into_bytes()
}

fn part(source: &str, path: &str) -> Part {
    Part { source: source.into(), path: path.into() }
}

/// The pack of the wheel, an npm package and a file on a web server: its model is one part of each.
fn pack(f: &Fixture, url: &str) -> Pack {
    let huge = vec![7; 100_000];
    let npm = tgz(&[("package/voices/b.bin", b"from npm"), ("package/huge.bin", &huge)]);
    fs::write(f.path("toy-voices-2.0.tgz"), &npm).expect("a package");
    let whole = [&b"weights".repeat(1000)[..], b"from npm", b"from the web"].concat();
    let mut pack = f.pack.clone();
    pack.sources.push(PackSource::Npm(Package {
        package: "@toy/voices".into(),
        version: "2.0".into(),
        file: "toy-voices-2.0.tgz".into(),
        bytes: npm.len() as u64,
        sha256: hash(&npm),
    }));
    pack.sources.push(PackSource::Url(Address {
        url: url.parse().expect("an address"),
        file: "c.bin".into(),
        bytes: 12,
        sha256: hash(b"from the web"),
    }));
    pack.files[0] = PackFile {
        from: Origin::Joined(vec![
            part("toy", "toy/model.onnx"),
            part("@toy/voices", "package/voices/b.bin"),
            part("c.bin", ""),
        ]),
        name: "model.onnx".into(),
        bytes: whole.len() as u64,
        sha256: hash(&whole),
    };
    pack.check().expect("a good pack");
    pack
}

/// Installs `pack`: its packages from the folder, the rest from the web.
fn install_from_folder(f: &Fixture, pack: &Pack) -> Result<Installation, InstallError> {
    install(&f.store(), pack, &[f.folder.path().to_owned()], &Quiet)
}

#[test]
fn parts_of_all_kinds_are_joined_in_order() {
    let f = Fixture::new();
    let address = serve(vec![redirect("/there"), answer(b"from the web")]);
    let pack = pack(&f, &format!("{address}/c.bin"));
    assert_eq!(install_from_folder(&f, &pack).expect("installed"), Installation::Installed);
    let folder = f.store().installed(&pack).expect("it is there");
    let model = fs::read(folder.join("model.onnx")).expect("the model");
    assert_eq!(hash(&model), pack.files[0].sha256);
    assert_eq!(f.shelf(), ["1.0"]);
    // From files alone, no web server needed: the one above is gone.
    f.store().remove(&pack).expect("removed");
    fs::write(f.path("c.bin"), "from the web").expect("a file");
    assert_eq!(install_from_folder(&f, &pack).expect("installed"), Installation::Installed);
}

#[test]
fn what_a_web_server_does_wrong_is_said_and_leaves_nothing() {
    let nowhere = {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        format!("http://{}", listener.local_addr().expect("an address"))
    };
    let many = vec![redirect("/again"); 20];
    let cut = answer(b"from the web");
    let cut = cut[..cut.len() - 4].to_vec();
    let cases: [(String, &str); 8] = [
        (nowhere, "127.0.0.1 cannot be reached"),
        (
            serve(vec![b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n".to_vec()]),
            "answered 404",
        ),
        (serve(vec![answer(b"from the wab")]), "SHA-256"),
        (serve(vec![answer(b"from the web and more")]), "larger than the 12 bytes"),
        (serve(vec![answer(b"from")]), "it ended after 4 of 12 bytes"),
        (serve(vec![cut]), "the download broke off"),
        (serve(many), "redirected more than 5 times"),
        (serve(vec![redirect("http://example.org/c.bin")]), "which is not encrypted"),
    ];
    for (address, wanted) in cases {
        println!("{wanted}");
        let f = Fixture::new();
        let pack = pack(&f, &format!("{address}/c.bin"));
        let text = install_from_folder(&f, &pack).expect_err("refused").to_string();
        assert!(text.contains(wanted) && text.contains("c.bin"), "{text}");
        assert!(text.contains("`curl -L -o c.bin http://127.0.0.1:"), "{text}");
        assert_eq!(f.shelf(), Vec::<String>::new());
    }
}

#[test]
fn what_an_npm_package_lacks_or_has_too_much_of_is_refused() {
    let cases: [(&str, u64, &str); 3] = [
        ("package/none", 7020, "package/none: not found"),
        ("package/huge.bin", 7020, "more than the 7020 bytes"),
        ("package/voices/b.bin", 9000, "less than the 9000 bytes"),
    ];
    for (path, bytes, wanted) in cases {
        let f = Fixture::new();
        let mut pack = pack(&f, "https://example.org/c.bin");
        fs::write(f.path("c.bin"), "from the web").expect("a file");
        let Origin::Joined(parts) = &mut pack.files[0].from else { unreachable!() };
        parts[1].path = path.into();
        pack.files[0].bytes = bytes;
        let text = install_from_folder(&f, &pack).expect_err("refused").to_string();
        assert!(text.contains(wanted), "{text}");
        assert_eq!(f.shelf(), Vec::<String>::new());
    }
    let f = Fixture::new();
    let mut pack = pack(&f, "https://example.org/c.bin");
    fs::write(f.path("toy-voices-2.0.tgz"), "no package").expect("a file");
    if let PackSource::Npm(package) = &mut pack.sources[1] {
        package.sha256 = hash(b"no package");
    }
    let text = install_from_folder(&f, &pack).expect_err("refused").to_string();
    assert!(
        text.contains("it is no npm package") && text.contains("npm pack @toy/voices@2.0"),
        "{text}"
    );
}

#[test]
fn without_npm_the_way_out_is_named() {
    let f = Fixture::new();
    let pack = pack(&f, "https://example.org/c.bin");
    let nothing: &[&[&str]] = &[&["no-such-npm"]];
    let clients =
        Clients { pip: Client::pip(), npm: Client { commands: nothing, ..Client::npm() } };
    let done = install_with(&clients, &f.store(), &pack, &[f.wheel()], &Quiet);
    let text = done.expect_err("no npm").to_string();
    for wanted in
        ["npm was not found (tried no-such-npm)", "`npm pack @toy/voices@2.0`", "--from FILE"]
    {
        assert!(text.contains(wanted), "{text}");
    }
    assert_eq!(f.shelf(), Vec::<String>::new());
}
