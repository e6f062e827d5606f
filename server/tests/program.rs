//! The built program itself: what it prints, how it answers, how it ends.

#![allow(clippy::unwrap_used, reason = "a helper of a test fails the test")]

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Command, Output, Stdio};

use tempfile::TempDir;

const PROGRAM: &str = env!("CARGO_BIN_EXE_upr-tracker");

/// The program in a folder of its own, where its database is.
fn program(folder: &TempDir, arguments: &[&str]) -> Command {
    let mut command = Command::new(PROGRAM);
    command
        .args(arguments)
        .current_dir(folder.path())
        .env_remove("DATABASE_URL");
    command
}

fn run(arguments: &[&str]) -> Output {
    let folder = tempfile::tempdir().unwrap();
    program(&folder, arguments).output().unwrap()
}

struct Serving {
    child: Child,
    host: String,
    _folder: TempDir,
}

impl Serving {
    fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut command = program(&folder, &["serve", "--addr", "127.0.0.1:0"]);
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        let host = line.trim().rsplit('/').next().unwrap().to_owned();
        Self {
            child,
            host,
            _folder: folder,
        }
    }

    /// Sends a request whose lines are given, and returns the head and the body of the response.
    fn ask(&self, lines: &str) -> (String, String) {
        let mut stream = TcpStream::connect(&self.host).unwrap();
        let host = &self.host;
        write!(
            stream,
            "{lines}\r\nhost: {host}\r\nconnection: close\r\n\r\n"
        )
        .unwrap();
        let mut response = Vec::new();
        stream.read_to_end(&mut response).unwrap();
        let response = String::from_utf8_lossy(&response).into_owned();
        let (head, body) = response.split_once("\r\n\r\n").unwrap();
        (head.to_owned(), body.to_owned())
    }

    /// Ends it as a service manager would, and returns its exit code and its log.
    fn end(mut self) -> (Option<i32>, String) {
        let pid = self.child.id().to_string();
        assert!(
            Command::new("kill")
                .args(["-TERM", &pid])
                .status()
                .unwrap()
                .success()
        );
        let mut log = String::new();
        self.child
            .stderr
            .take()
            .unwrap()
            .read_to_string(&mut log)
            .unwrap();
        (self.child.wait().unwrap().code(), log)
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn it_serves_and_ends_when_asked() {
    let serving = Serving::start();
    let (head, body) = serving.ask("GET /healthz HTTP/1.1");
    assert!(
        head.starts_with("HTTP/1.1 200") && body.contains("ok"),
        "{head}"
    );

    let (head, _) = serving.ask("GET /no/such/page?who=somebody HTTP/1.1\r\nuser-agent: nosy");
    assert!(head.starts_with("HTTP/1.1 404"), "{head}");
    assert!(
        head.contains("content-security-policy: default-src 'none'"),
        "{head}"
    );
    let (head, _) = serving.ask("GET /assets/none.css HTTP/1.1");
    assert!(head.starts_with("HTTP/1.1 404"), "{head}");
    let (head, _) = serving.ask("POST /api/sign-in HTTP/1.1\r\norigin: https://attacker.example");
    assert!(head.starts_with("HTTP/1.1 403"), "{head}");

    let (code, log) = serving.end();
    assert_eq!(code, Some(0), "{log}");
    assert!(
        log.contains("/healthz") && log.contains("status=404"),
        "{log}"
    );
    for told in ["somebody", "nosy", "no/such", "attacker", "127.0.0.1"] {
        assert!(!log.contains(told), "{told} in {log}");
    }
}

#[test]
fn exit_codes_tell_failure_from_wrong_usage() {
    assert_eq!(run(&["--help"]).status.code(), Some(0));
    assert_eq!(run(&["migrate"]).status.code(), Some(0));
    assert_eq!(run(&["fly"]).status.code(), Some(2));
    let failed = run(&["migrate", "--database", "sqlite://no/such/folder/x.sqlite"]);
    assert_eq!(failed.status.code(), Some(1));
    let said = String::from_utf8_lossy(&failed.stderr);
    assert!(
        said.starts_with("upr-tracker: cannot open the database"),
        "{said}"
    );
}

#[test]
fn a_setting_that_does_not_fit_stops_the_program() {
    let folder = tempfile::tempdir().unwrap();
    let with = |value: &str| {
        let mut command = program(&folder, &["migrate"]);
        command.env("UPR_TRACKER_UPLOAD_MAX_MB", value);
        command.output().unwrap()
    };
    assert_eq!(with("1").status.code(), Some(0));
    for value in ["0", "half", "16385"] {
        let refused = with(value);
        assert_eq!(refused.status.code(), Some(1), "{value}");
        let said = String::from_utf8_lossy(&refused.stderr);
        let expected = format!("UPR_TRACKER_UPLOAD_MAX_MB is “{value}”");
        assert!(said.contains(&expected), "{said}");
        assert!(said.contains("from 1 to 16384"), "{said}");
    }
}

#[test]
fn beyond_this_machine_it_wants_to_know_what_browsers_see() {
    let refused = run(&["serve", "--addr", "0.0.0.0:0"]);
    assert_eq!(refused.status.code(), Some(1));
    let said = String::from_utf8_lossy(&refused.stderr);
    assert!(
        said.contains("--public-origin https://upr.example"),
        "{said}"
    );
    let unfit = run(&["serve", "--public-origin", "upr.example"]);
    assert_eq!(unfit.status.code(), Some(2));
}

#[test]
fn an_export_says_what_it_cannot_filter_by_and_links_to_where_it_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let loaded = program(&folder, &["demo", "load"]).output().unwrap();
    assert_eq!(loaded.status.code(), Some(0));
    let export = |more: &[&str]| {
        let arguments = [&["export", "--review", "XXA-3", "--format", "csv"], more].concat();
        program(&folder, &arguments).output().unwrap()
    };
    let refused = export(&["--filter", "colour=red"]);
    assert_eq!(refused.status.code(), Some(1));
    let said = String::from_utf8_lossy(&refused.stderr);
    assert!(
        said.contains("colour") && refused.stdout.is_empty(),
        "{said}"
    );
    let written = export(&["--filter", "q=138.1", "--origin", "https://upr.example/"]);
    assert_eq!(written.status.code(), Some(0));
    let written = export(&["--origin", "https://upr.example/"]);
    let text = String::from_utf8_lossy(&written.stdout);
    assert!(
        text.contains("https://upr.example/reviews/XXA-3/recommendations/138.1"),
        "{text}"
    );
}

/// The program with a standard output and a standard error that nobody reads.
#[cfg(unix)]
fn unread(folder: &TempDir, arguments: &[&str]) -> Option<i32> {
    let closed = || {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        writer
    };
    program(folder, arguments)
        .stdout(closed())
        .stderr(closed())
        .status()
        .unwrap()
        .code()
}

#[cfg(unix)]
#[test]
fn what_nobody_reads_is_done_all_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let table = folder.path().join("table.csv");
    std::fs::write(
        &table,
        "Review,Paragraph,Recommending States,Text\nSVN-3,1.1,Togo,Do it\nSVN-3,1.2,Atlantis,Do it\n",
    )
    .unwrap();
    let table = table.to_str().unwrap();
    for arguments in [
        &["migrate"][..],
        &["import", table, "--dry-run"],
        &["import", table],
        &["import", table, "--json"],
        &["imports", "list"],
        &["imports", "undo", "2"],
        &["demo", "load"],
        &["demo", "load"],
        &["user", "add", "ana"],
        &["user", "list"],
        &["user", "list", "--json"],
        &["user", "reset", "ana"],
        &["export", "--format", "csv"],
        &["check"],
        &["demo", "remove"],
    ] {
        assert_eq!(unread(&folder, arguments), Some(0), "{arguments:?}");
    }
    for arguments in [&["user", "add", "two words"][..], &["user", "add", "a<b>"]] {
        assert_eq!(unread(&folder, arguments), Some(1), "{arguments:?}");
    }
    assert_eq!(unread(&folder, &["imports", "undo", "2"]), Some(1));
}

#[test]
fn a_mistyped_database_is_said_and_not_made() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("empty.sqlite"), "").unwrap();
    for arguments in [
        &["check"][..],
        &["export", "--format", "csv"],
        &["user", "list"],
        &["user", "reset", "ana"],
        &["imports", "list"],
        &["imports", "undo", "1"],
        &["demo", "remove"],
    ] {
        for (name, why) in [
            ("mistyped", "There is no file mistyped.sqlite."),
            ("empty", "nothing of this program is in it"),
        ] {
            let url = format!("sqlite://{name}.sqlite?mode=rwc");
            let arguments = [arguments, &["--database", &url]].concat();
            let output = program(&folder, &arguments).output().unwrap();
            assert_eq!(output.status.code(), Some(1), "{arguments:?}");
            let said = String::from_utf8(output.stderr).unwrap();
            assert!(said.contains(why) && said.contains("--database"), "{said}");
            assert!(output.stdout.is_empty());
        }
    }
    assert!(!folder.path().join("mistyped.sqlite").exists());
}

#[cfg(unix)]
#[test]
fn an_export_to_a_file_touches_nothing_but_it() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    assert!(
        program(&folder, &["demo", "load"])
            .status()
            .unwrap()
            .success()
    );
    let [file, neighbour, link] =
        ["x.csv", "x.csv.part", "link.csv"].map(|name| folder.path().join(name));
    std::fs::write(&file, "old").unwrap();
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o600)).unwrap();
    std::fs::write(&neighbour, "mine").unwrap();
    std::os::unix::fs::symlink("x.csv", &link).unwrap();
    let export = |out: &str| {
        let export = [
            "export", "--format", "csv", "--review", "XXA-3", "--out", out,
        ];
        program(&folder, &export).status().unwrap().code()
    };
    assert_eq!(export("link.csv"), Some(0));
    assert!(std::fs::symlink_metadata(&link).unwrap().is_symlink());
    assert!(std::fs::read_to_string(&file).unwrap().contains("138.1"));
    assert_eq!(std::fs::read_to_string(&neighbour).unwrap(), "mine");
    let mode = std::fs::metadata(&file).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    assert_eq!(export("no/such/folder/x.csv"), Some(1));
}

#[test]
fn an_import_is_listed_and_undone() {
    let folder = tempfile::tempdir().unwrap();
    let table = folder.path().join("table.csv");
    std::fs::write(
        &table,
        "Review,Paragraph,Recommending States,Text\nSVN-3,1.1,Togo,Do it\nSVN-3,1.2,Atlantis,Do it\n",
    )
    .unwrap();
    let tracker = |arguments: &[&str]| {
        let output = program(&folder, arguments).output().unwrap();
        let said = String::from_utf8(output.stdout).unwrap();
        (output.status.success(), said)
    };
    let table = table.to_str().unwrap();
    let counts = |said: &str| {
        let json: serde_json::Value = serde_json::from_str(said).unwrap();
        [
            "created",
            "updated",
            "unchanged",
            "rejected",
            "skipped",
            "uncertain",
        ]
        .map(|name| json[name].as_u64().unwrap())
    };
    let (done, said) = tracker(&["import", table, "--json", "--dry-run"]);
    assert!(done);
    assert_eq!(counts(&said), [1, 0, 0, 1, 0, 0]);
    let (done, said) = tracker(&["import", table, "--json"]);
    assert!(done);
    assert_eq!(counts(&said), [1, 0, 0, 1, 0, 0]);
    let json: serde_json::Value = serde_json::from_str(&said).unwrap();
    let run = json["run"].to_string();
    assert_eq!(json["problems"][0]["row"], 3);
    let (done, said) = tracker(&["import", table, "--json"]);
    assert!(done);
    assert_eq!(counts(&said), [0, 0, 1, 1, 0, 0]);
    let (_, said) = tracker(&["imports", "list"]);
    let states: Vec<_> = said
        .lines()
        .map(|line| line.split("  ").nth(3).unwrap())
        .collect();
    assert_eq!(states, ["applied", "applied", "cancelled"]);
    // What could not be taken is named for good.
    let (_, said) = tracker(&["imports", "show", &run]);
    assert!(
        said.contains("row 3") && said.contains("Atlantis"),
        "{said}"
    );
    let (_, said) = tracker(&["imports", "list", "--json"]);
    let json: serde_json::Value = serde_json::from_str(&said).unwrap();
    assert_eq!(json[0]["problems"][0]["value"], "Atlantis");
    assert_eq!(json[0]["counts"]["merged"], 0);
    assert!(tracker(&["imports", "undo", &run]).0);
    assert!(!tracker(&["imports", "undo", &run]).0);
    let (done, said) = tracker(&["import", table, "--json"]);
    assert!(done);
    assert_eq!(counts(&said), [1, 0, 0, 1, 0, 0]);
    // A round that is not there is said before anything is read.
    let output = program(
        &folder,
        &["import", table, "--review", "SVN-3", "--round", "nosuch"],
    )
    .output()
    .unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("SVN-3") && said.contains("round"), "{said}");
    assert!(!output.status.success() && output.stdout.is_empty());
    let (done, said) = tracker(&["check"]);
    assert!(done);
    // What it says to note is found again later, however long the history has become.
    let noted = said.lines().last().unwrap().trim();
    let noted: Vec<&str> = noted.split(' ').collect();
    assert!(tracker(&["user", "add", "ana", "--role", "analyst"]).0);
    assert!(tracker(&["check", noted[0], noted[1]]).0, "{noted:?}");
    let other = format!("{}0", &noted[1][..noted[1].len() - 1]);
    let other = if other == noted[1] {
        other.replace('0', "1")
    } else {
        other
    };
    let (done, said) = tracker(&["check", noted[0], &other]);
    assert!(!done);
    assert!(said.contains("was cut off, or is another one"), "{said}");
    assert!(!tracker(&["check", noted[0], &noted[1].replace(':', ":f")]).0);
}

#[test]
fn columns_and_values_are_said_on_the_command_line() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let tracker = |arguments: &[&str]| {
        let output = program(&folder, arguments).output().unwrap();
        let said = String::from_utf8(output.stdout).unwrap();
        let beside = String::from_utf8(output.stderr).unwrap();
        (output.status.success(), said, beside)
    };
    assert!(tracker(&["demo", "load"]).0);
    let table = write(
        "table.csv",
        "Our table of lakes,,,\nNo,Recommandation,Pays,Room\n1.1,Do it,\"Togo, Atlantis\",7\n1.2,Do that,Chad,\n",
    );
    // What the columns seem to hold is said, and what of the file is read.
    let guess = ["import", &table, "--review", "SVN-3", "--map", "guess"];
    let (done, said, beside) = tracker(&guess);
    assert!(done, "{beside}");
    for line in [
        "  No = paragraph",
        "  Pays = recommending_states",
        "  Room: not read",
    ] {
        assert!(beside.contains(line), "{beside}");
    }
    assert!(beside.contains("Atlantis"), "{beside}");
    for sentence in [
        "4 columns: 3 read, 1 not read (Room).",
        "2 rows: 1 new, 1 rejected.",
        "Row 1 is above the headings and was not read: Our table of lakes",
    ] {
        assert!(said.contains(sentence), "{said}");
    }
    // And values, by a file.
    let values = write(
        "values.csv",
        "field,value,code\nrecommending_states,Atlantis,Fiji\nissues,Death penality,Death penalty\n\
         issues,Our lakes,keep\nissues,Mills,leave-out\n",
    );
    let pairs = "No=paragraph,Recommandation=text,Pays=recommending_states";
    let (done, said, _) = tracker(&[
        "import", &table, "--review", "SVN-3", "--map", pairs, "--values", &values, "--json",
    ]);
    assert!(done, "{said}");
    let json: serde_json::Value = serde_json::from_str(&said).unwrap();
    assert_eq!(
        (&json["created"], &json["rejected"]),
        (&1.into(), &0.into())
    );
    assert_eq!(json["account"]["columns_unread"][0], "Room");
    assert_eq!(json["account"]["rows"]["new"], 1);
    assert_eq!(
        json["mapping"]["values"]["recommending_states"]["Atlantis"],
        "FJI"
    );
    for (issue, meaning) in [
        ("Death penality", "Death penalty"),
        ("Our lakes", "keep"),
        ("Mills", "leave-out"),
    ] {
        assert_eq!(json["mapping"]["values"]["issues"][issue], meaning);
    }
    // What does not fit is said, and nobody is asked where nobody is.
    for (map, word) in [
        ("ask", "terminal"),
        ("No", "no pair"),
        ("No=number", "paragraph, text"),
        ("No=text,Pays=text", "both"),
        ("Nein=text", "Nein"),
    ] {
        let (done, _, beside) = tracker(&["import", &table, "--review", "SVN-3", "--map", map]);
        assert!(!done && beside.contains(word), "{map}: {beside}");
    }
    let wrong = write("wrong.csv", "lakes,a,b\n");
    let (done, _, beside) = tracker(&["import", &table, "--map", pairs, "--values", &wrong]);
    assert!(
        !done && beside.contains("field, value and code"),
        "{beside}"
    );
    // Columns of assessments beside those of a format are never lost.
    let plus = write(
        "plus.csv",
        "Paragraph,Text,Recommending States,Statut,Commentaire\n138.999,Count the lakes,Togo,Réalisé,Done in May\n",
    );
    let round = ["import", &plus, "--review", "XXA-3", "--round", "follow-up"];
    let (done, _, beside) = tracker(&round);
    assert!(
        !done && beside.contains("Statut, Commentaire") && beside.contains("--map guess"),
        "{beside}"
    );
    let (done, said, beside) = tracker(&[&round[..], &["--map", "guess"]].concat());
    assert!(done, "{beside}");
    assert!(beside.contains("status: Réalisé = implemented"), "{beside}");
    assert!(said.contains("Imported: 2 new"), "{said}");
}

#[test]
fn a_refusal_says_what_would_pass() {
    let folder = tempfile::tempdir().unwrap();
    let table = folder.path().join("table.csv");
    std::fs::write(&table, "No,Who,What\n1.1,Togo,Do it\n").unwrap();
    let refused = |arguments: &[&str]| {
        let output = program(&folder, arguments).output().unwrap();
        assert_eq!(output.status.code(), Some(1), "{arguments:?}");
        assert!(output.stdout.is_empty(), "{arguments:?}");
        String::from_utf8(output.stderr).unwrap()
    };
    let said = refused(&["import", table.to_str().unwrap()]);
    for word in ["Paragraph, Recommending States, Text", "--mapping"] {
        assert!(said.contains(word), "{said}");
    }
    assert!(
        program(&folder, &["demo", "load"])
            .output()
            .unwrap()
            .status
            .success()
    );
    for filter in [
        "position=bogus",
        "status=nope",
        "q=(((",
        "q=a&q=b",
        "from=ZZZ",
    ] {
        let export = ["export", "--format", "csv", "--filter", filter];
        let said = refused(&export);
        assert!(said.contains("No file was made"), "{said}");
    }
}

/// On a terminal, which is where people type. `script` gives the program one.
#[test]
fn the_columns_of_a_table_are_asked_for_on_a_terminal() {
    let folder = tempfile::tempdir().unwrap();
    let table = "n;what;who\n104.1;Do it;Norway\n104.2;Do more;Chad\n";
    std::fs::write(folder.path().join("own.csv"), table).unwrap();
    let typed = format!("{PROGRAM} import own.csv --review FJI-4 --map ask");
    let mut command = Command::new("script");
    command
        .args(["-qec", &typed, "/dev/null"])
        .current_dir(folder.path())
        .env_remove("DATABASE_URL")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped());
    let Ok(mut child) = command.spawn() else {
        // A machine without `script` has no terminal to try it on.
        return;
    };
    let mut input = child.stdin.take().unwrap();
    std::io::Write::write_all(
        &mut input,
        b"paragraph\nnothing\ntext\nrecommending_states\n",
    )
    .unwrap();
    let output = child.wait_with_output().unwrap();
    drop(input);
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{text}");
    assert!(text.contains("what (Do it | Do more)"), "{text}");
    assert!(text.contains("is no field"), "{text}");
    assert!(text.contains("2 new"), "{text}");
}

#[test]
fn an_import_names_the_rows_to_decide_and_the_option_for_its_assessments() {
    let folder = tempfile::tempdir().unwrap();
    let import = |name: &str, text: &str| {
        let table = folder.path().join(name);
        std::fs::write(&table, text).unwrap();
        let table = table.to_str().unwrap();
        let arguments = ["import", table, "--review", "SVN-3", "--map", "guess"];
        let output = program(&folder, &arguments).output().unwrap();
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stderr).unwrap()
    };
    assert!(program(&folder, &["migrate"]).status().unwrap().success());
    let head = "No,Wording,Recommending State,Position,Implementation status\n";
    let text = "Ratify the protocol on lakes and publish a report on every lake each year";
    let said = import(
        "first.csv",
        &format!(
            "{head}6.1,{text},Togo,Supported,Implemented\n6.2,{text} or month,Togo,Supported,\n"
        ),
    );
    assert!(said.contains("--round"), "{said}");
    let said = import(
        "second.csv",
        &format!("Wording,Recommending State\n{text} or week,Togo\n"),
    );
    assert!(
        said.contains("To be decided in the browser: row 2"),
        "{said}"
    );
}

#[test]
fn values_are_taken_however_the_columns_are_said_and_renumbering_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let import = |text: &str, more: &[&str]| {
        let table = folder.path().join("table.csv");
        std::fs::write(&table, text).unwrap();
        let arguments = [&["import", table.to_str().unwrap()], more].concat();
        let output = program(&folder, &arguments).output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (text(output.stdout), text(output.stderr))
    };
    assert!(
        program(&folder, &["demo", "load"])
            .status()
            .unwrap()
            .success()
    );
    let table = "N°,Recommandation,Pays,Statut\n61.1,Compter les lacs,Togo,Réalisée\n\
        61.2,Ouvrir un musée,Mali,Un jour\n61.3,Dessiner une carte,Tchad,Un jour\n";
    let pairs = "N°=paragraph,Recommandation=text,Pays=recommending_states,Statut=status";
    let round = ["--review", "XXA-3", "--round", "follow-up", "--map", pairs];
    let (said, beside) = import(table, &round);
    assert!(
        beside.contains("status: Réalisée = implemented"),
        "{beside}"
    );
    // What is left is said once for each row, with the option that helps.
    let rejected = beside.lines().filter(|line| line.starts_with("row "));
    assert_eq!(rejected.count(), 2, "{beside}");
    assert!(beside.contains("--values FILE"), "{beside}");
    assert!(
        said.contains("Of these are assessments: 1 new, 2 rejected."),
        "{said}"
    );
    let texts = [
        "Plant mangroves along the whole southern coast",
        "Map the reefs around every inhabited island",
        "Open a school for sailors in each large harbour",
    ];
    let numbered = |main: u32| -> String {
        let rows = (1..).zip(texts);
        let rows = rows.map(|(number, text)| format!("{main}.{number},Togo,{text}\n"));
        format!(
            "Paragraph,Recommending States,Text\n{}",
            rows.collect::<String>()
        )
    };
    import(&numbered(6), &["--review", "TON-4"]);
    let (said, _) = import(&numbered(97), &["--review", "TON-4"]);
    assert!(
        said.contains("This file numbers 3 known recommendations 97 instead of 6"),
        "{said}"
    );
}

#[test]
fn an_import_says_what_it_changes() {
    let folder = tempfile::tempdir().unwrap();
    let import = |text: &str, more: &[&str]| {
        let table = folder.path().join("table.csv");
        std::fs::write(&table, text).unwrap();
        let file = table.to_str().unwrap();
        let arguments = [&["import", file, "--review", "TON-4"], more].concat();
        let output = program(&folder, &arguments).output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    let table = |states: &str, position: &str, source: &str| {
        format!(
            "Paragraph,Recommending States,Text,Position,Position source\n\
             97.1,{states},Count the lakes,{position},{source}\n"
        )
    };
    import(&table("Togo", "Supported", ""), &[]);
    let other = table("Mali", "Noted", "");
    let said = import(&other, &["--dry-run"]);
    for sentence in [
        "Row 2, TON-4 97.1: Recommending States changes from “Togo” to “Mali”.",
        "Row 2, TON-4 97.1: Position changes from “Supported” to “Supported; Noted”.",
        "Neither this position (“Noted”) nor the stored one (“Supported”) names its source",
    ] {
        assert!(said.contains(sentence), "{said}");
    }
    let said = import(&other, &["--json"]);
    let said: serde_json::Value = serde_json::from_str(&said).unwrap();
    assert_eq!(said["changes"].as_array().unwrap().len(), 2, "{said}");
    assert_eq!(said["notices"].as_array().unwrap().len(), 1, "{said}");
    // A source decides by itself, and again is no change.
    for position in ["Supported", "Supported"] {
        let said = import(&table("Mali", position, "A/HRC/9/2"), &[]);
        assert!(!said.contains("Neither"), "{said}");
    }
    let said = import(&table("Mali", "Supported", "A/HRC/9/2"), &[]);
    assert!(!said.contains("changes from"), "{said}");
}

#[test]
fn one_sheet_of_a_workbook_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let tracker = |arguments: &[&str]| {
        let output = program(&folder, arguments).output().unwrap();
        let said = String::from_utf8(output.stdout).unwrap();
        let beside = String::from_utf8(output.stderr).unwrap();
        (output.status.success(), said, beside)
    };
    assert!(tracker(&["demo", "load"]).0);
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (book, table) = (path("book.xlsx"), path("table.csv"));
    for (format, out) in [("xlsx", &book), ("csv", &table)] {
        let export = [
            "export", "--format", format, "--review", "XXA-3", "--out", out,
        ];
        assert!(tracker(&export).0);
    }
    let import =
        |file: &str, sheet: &str| tracker(&["import", file, "--dry-run", "--sheet", sheet]);
    for sheet in ["Recommendations", "1"] {
        let (done, said, beside) = import(&book, sheet);
        assert!(done, "{beside}");
        assert!(said.contains("Sheets that were not read: About"), "{said}");
    }
    assert!(!import(&book, "About").0);
    let (done, _, beside) = import(&book, "Answers");
    assert!(
        !done && beside.contains("1 \"Recommendations\""),
        "{beside}"
    );
    let (done, _, beside) = import(&table, "1");
    assert!(!done && beside.contains("--sheet chooses"), "{beside}");
}
