//! `report`: the whole report as a page, as Markdown and as LaTeX.

use insta::assert_snapshot;

use crate::run::{Folder, GOOD, run, stderr, stdout, transcript};

/// A name that would run if it ever became markup, in a table with two groups.
const HOSTILE: &str = "\
study,year,type,events,total
<img src=x onerror=alert(1)>,1992,</script><b>,64,84
Komori 1996,1996,mixed,35,77
Ahn 2000,2000,</script><b>,25,36
Cribb 2007,2007,mixed,14,15
";

/// The page of a table.
fn page(table: &str) -> String {
    let folder = Folder::with("studies.csv", table);
    let ran = folder.run(&["report", "studies.csv", "-o", "report.html"]).success();
    assert_eq!((stdout(&ran), stderr(&ran)), (String::new(), String::new()));
    assert_eq!(folder.names(), ["report.html", "studies.csv"]);
    folder.read("report.html")
}

#[test]
fn help_of_report() {
    for flag in ["-h", "--help"] {
        let name = format!("report_{}", flag.trim_start_matches('-'));
        assert_snapshot!(name, stdout(&run(&["report", flag]).success()));
    }
}

/// What the page is made of, without its numbers.
#[test]
fn a_page_has_sections_tables_figures_and_files() {
    let page = page(GOOD);
    let kept = [
        "<title",
        "<h1",
        "<p class=\"headline",
        "<p class=\"follows",
        "<nav",
        "<main",
        "<section",
        "<h2",
        "<h3",
        "<caption",
        "<svg",
        "<figcaption",
        "<p class=\"files",
        "<footer",
    ];
    let lines = page
        .lines()
        .map(str::trim_start)
        .filter(|line| kept.iter().any(|start| line.contains(start)));
    let mut skeleton = String::new();
    for line in lines {
        // Figures have golden files of their own.
        let line = line.split(" viewBox").next().unwrap_or_default();
        let mut parts = line.split("href=\"data:");
        skeleton.push_str(parts.next().unwrap_or_default());
        for part in parts {
            skeleton.push_str("href=\"data:…\"");
            skeleton.push_str(part.split_once('"').map_or("", |(_, rest)| rest));
        }
        skeleton.push('\n');
    }
    assert_snapshot!(skeleton);
}

#[test]
fn names_stay_text() {
    let page = page(HOSTILE);
    assert!(!page.contains("<img"));
    assert!(!page.contains("<b>,") && !page.contains("</script><b>"));
    assert_eq!(page.matches("</script>").count(), 1);
    assert!(page.contains("<th scope=\"row\">&lt;img src=x onerror=alert(1)&gt;</th>"));
    // In the table of the studies, in a row of the forest and at a point of the funnel.
    assert!(page.matches("data-study=\"&lt;img src=x onerror=alert(1)&gt;\"").count() >= 3);
    assert!(page.contains("<th scope=\"row\">&lt;/script&gt;&lt;b&gt;</th>"), "a group's name");
}

#[test]
fn a_page_needs_nothing_from_outside_and_repeats() {
    let (once, twice) = (page(GOOD), page(GOOD));
    assert_eq!(once, twice);
    for outside in ["src=\"http", "href=\"http", "url(http", "@import", "<link rel=\"stylesheet"] {
        assert!(!once.contains(outside), "{outside}");
    }
    assert_eq!(once.matches("@font-face").count(), 3);
}

#[test]
fn one_study_makes_a_report() {
    let page = page("study,events,total\nBush 1992,64,84\n");
    assert!(page.contains("In the one study with 84 patients: the rate is 76.2\u{a0}%"));
    assert!(page.contains("no random-effects result, no heterogeneity and no prediction"));
    assert!(page.contains("how much studies differ cannot be said"));
}

#[test]
fn simulated_data_say_so_on_every_figure() {
    let folder = Folder::new();
    folder
        .run(&["simulate", "--sim-k", "5", "--sim-total", "200", "--sim-rate", "0.4", "made.csv"])
        .success();
    folder.run(&["report", "made.csv", "-o", "report.html"]).success();
    let page = folder.read("report.html");
    assert!(page.contains("Mind that these are simulated data, not real studies."));
    let figures = page.matches("<figure").count();
    assert!(figures >= 4);
    assert!(page.matches(">simulated data, not real studies<").count() >= figures);
}

#[test]
fn groups_are_those_asked_for() {
    let folder = Folder::with("studies.csv", HOSTILE);
    folder.run(&["report", "studies.csv", "--by", "year", "-o", "report.html"]).success();
    let page = folder.read("report.html");
    assert!(page.contains(">Subgroups by year</h2>") && !page.contains("Subgroups by type"));
    assert_snapshot!(transcript(&folder, &["report", "studies.csv", "--by", "typ"]), @r"
    $ resorb report studies.csv --by typ
    exit code 2
    --- stderr
    error: there is no column `typ` that could make groups
    help: did you mean `type`?
    ");
}

/// An analysis file says what is analysed; its data lie beside it.
#[test]
fn an_analysis_file_makes_the_report_of_its_analyses() {
    let folder = Folder::with("studies.csv", HOSTILE).and(
        "analysis.toml",
        "data = \"studies.csv\"\n[settings]\nmodel = \"two-step\"\n[[claim]]\nclaim-rate = \"76.6%\"\n",
    );
    folder.run(&["report", "analysis.toml", "-o", "report.html"]).success();
    let page = folder.read("report.html");
    assert!(page.contains(">Published claims</h2>") && !page.contains("id=\"sensitivity\""));
    assert!(page.contains("download=\"analysis.toml\"") && page.contains("two-step logit"));
    assert_snapshot!(transcript(&folder, &["report", "analysis.toml", "--by", "type"]), @r"
    $ resorb report analysis.toml --by type
    exit code 2
    --- stderr
    error: an analysis file brings its own data, groups and settings
    help: write them into `analysis.toml`
    ");
    let folder = folder.and("wrong.toml", "data = \"studies.csv\"\n[setting]\n");
    let ran = folder.run(&["report", "wrong.toml"]).code(2);
    assert!(stderr(&ran).contains("--> wrong.toml:2:2"), "{}", stderr(&ran));
}

#[test]
fn words_and_tables_go_to_markdown_and_latex() {
    let folder = Folder::with("studies.csv", GOOD);
    for file in ["report.md", "report.tex"] {
        let ran = folder.run(&["report", "studies.csv", "-o", file]).success();
        assert_eq!(stderr(&ran), "");
    }
    let (markdown, latex) = (folder.read("report.md"), folder.read("report.tex"));
    // The folders of a path are nobody's but the writer's.
    folder.run(&["report", "./studies.csv", "-o", "again.md"]).success();
    assert!(folder.read("again.md").starts_with("# Meta-analysis of studies.csv\n\n"));
    assert!(markdown.starts_with("# Meta-analysis of studies.csv\n\n"));
    for heading in
        ["Studies and pooled result", "Sensitivity to single studies", "PRISMA 2020 items"]
    {
        assert!(markdown.contains(&format!("\n## {heading}\n")), "{heading}");
        assert!(latex.contains(&format!("\n\\subsection*{{{heading}}}\n")), "{heading}");
    }
    assert!(markdown.contains("| Bush 1992 | 64/84 | 76.2 |"));
    assert!(latex.contains("Bush 1992 & 64/84 & 76.2 &"));
    assert!(latex.contains("\n\\begin{document}\n") && latex.ends_with("\n\\end{document}\n"));
}

/// A name that would be commands stays a name, and one without a space can be broken.
#[test]
fn names_are_no_commands_of_latex() {
    let long = "x".repeat(40);
    let table = format!(
        "study,events,total\n50% & $x_1$ \\input{{a}} ~^#{{}},4,22\n[Lee] *2001*,9,25\n{long},30,84\n"
    );
    let folder = Folder::with("studies.csv", table);
    folder.run(&["report", "studies.csv", "-o", "report.tex"]).success();
    let latex = folder.read("report.tex");
    let name = "50\\% \\& \\$x\\_1\\$ \\textbackslash{}input\\{a\\} \\textasciitilde{}\\textasciicircum{}\\#\\{\\}";
    assert!(latex.contains(&format!("\n{name} & 4/22 &")), "{latex}");
    assert!(latex.contains("\n{}[Lee] *2001* & 9/25 &") && !latex.contains("\\input{a}"));
    assert!(latex.contains(&format!("{}\\allowbreak{{}}{}", "x".repeat(32), "x".repeat(8))));
}

#[test]
fn nothing_is_half_written() {
    let folder = Folder::with("bad.csv", "study,events,total\nLee,50,10\n")
        .and("studies.csv", GOOD)
        .and("report.html", "old");
    folder.run(&["report", "bad.csv", "-o", "report.html"]).code(2);
    folder.run(&["report", "studies.csv", "-o", "no/such/report.html"]).code(2);
    assert_eq!(folder.read("report.html"), "old");
    assert_eq!(folder.names(), ["bad.csv", "report.html", "studies.csv"]);
    assert_snapshot!(transcript(&folder, &["report", "studies.csv", "-o", "report.rtf"]), @r"
    $ resorb report studies.csv -o report.rtf
    exit code 2
    --- stderr
    error: the extension of `report.rtf` names no report
    help: use .html, .md, .tex, .docx or .xlsx
    ");
}

#[test]
fn without_a_file_the_page_goes_to_standard_output() {
    let folder = Folder::with("studies.csv", GOOD);
    let printed = stdout(&folder.run(&["report", "studies.csv"]).success());
    folder.run(&["report", "studies.csv", "-o", "report.html"]).success();
    assert_eq!(folder.read("report.html"), printed);
}
