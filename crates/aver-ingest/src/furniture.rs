//! Finds page furniture and the lines with a job of their own in plain text.
//!
//! In: decoded text, one paragraph a line. Out: a [`Survey`]: byte ranges that
//! are not the article's ("Accessibility links", comment forms, "(c) 2022, VOA
//! News"), and titles, captions, headings, bylines.
//!
//! Only whole lines are judged, and credits or links glued to the end of one.
//! A line is furniture by what it says ([`phrase`]), or as a short line without
//! a full stop before the title or after the last sentence. When in doubt a
//! line is article text. What may be repeated in the article by right (a
//! paragraph) is never taken for a duplicate.

use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// A copyright line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Copyright {
    pub(crate) year: Option<i16>,
    pub(crate) owner: Option<String>,
}

/// What was found about the lines of a text; all ranges in text order, not overlapping within a list.
#[derive(Debug, Default)]
pub(crate) struct Survey {
    pub(crate) dropped: Vec<(Range<usize>, &'static str)>,
    pub(crate) structure: Vec<(Range<usize>, &'static str)>,
    pub(crate) title: Option<Range<usize>>,
    pub(crate) byline: Option<String>,
    pub(crate) copyright: Option<Copyright>,
    /// First line of running text.
    pub(crate) lead: Option<Range<usize>>,
    /// Everything before it.
    pub(crate) head: Range<usize>,
}

/// A line with its verdict.
struct Line<'t> {
    text: &'t str,
    bytes: Range<usize>,
    blank_before: bool,
    blank_after: bool,
    drop: Option<&'static str>,
    job: Option<&'static str>,
}

impl Line<'_> {
    fn words(&self) -> usize {
        self.text.split_whitespace().take(60).count()
    }

    /// Ends as a sentence does.
    fn is_closed(&self) -> bool {
        self.text.trim_end_matches(['"', '”', '’', '\'', ')', ']', '»']).ends_with(['.', '!', '?', '…', ':', ';', ','])
    }

    fn is_sentence(&self) -> bool {
        self.drop.is_none() && self.text.len() >= 50 && self.is_closed()
    }

    fn is_free(&self) -> bool {
        self.drop.is_none() && self.job.is_none()
    }
}

/// Judges every line of `text`; `known` is the title, when it is known from elsewhere.
pub(crate) fn survey(text: &str, known: Option<&str>) -> Survey {
    let mut lines = split(text);
    let wrapped = is_wrapped(&lines);
    for line in &mut lines {
        if line.text.len() <= 400 {
            line.drop = phrase(line.text);
        }
    }
    let lead = lines.iter().position(|it| it.is_sentence() && !is_caption(it.text));
    let title = match known.map(fold) {
        Some(name) => lines.iter().take(40).position(|it| it.text.len() < 400 && alike(&name, &fold(it.text))),
        None => title(&lines, lead),
    };
    if let Some(at) = title {
        lines[at].job = Some("title");
        labels_before(&mut lines[..at]);
    }
    captions(&mut lines, title, lead);
    duplicates(&mut lines, title);
    if !wrapped {
        headings(&mut lines, title.or(lead).unwrap_or(0));
        tail(&mut lines);
    }
    collect(text, &lines, title, lead)
}

fn collect(text: &str, lines: &[Line<'_>], title: Option<usize>, lead: Option<usize>) -> Survey {
    let mut survey = Survey { title: title.map(|it| lines[it].bytes.clone()), ..Survey::default() };
    survey.lead = lead.map(|it| lines[it].bytes.clone());
    survey.head = 0..survey.lead.as_ref().map_or(text.len().min(1_000), |it| it.start);
    if !text.is_char_boundary(survey.head.end) {
        survey.head.end = 0;
    }
    for line in lines {
        if let Some(kind) = line.drop {
            survey.dropped.push((line.bytes.clone(), kind));
            match kind {
                "copyright" => survey.copyright = copyright(line.text).or(survey.copyright.take()),
                "byline" if survey.byline.is_none() => survey.byline = byline(line.text),
                _ => {}
            }
        } else if let Some((at, kind)) = glued(line) {
            survey.dropped.push((at, kind));
        }
        let job = line.job.or((line.drop == Some("byline")).then_some("byline"));
        survey.structure.extend(job.map(|it| (line.bytes.clone(), it)));
    }
    survey
}

fn split(text: &str) -> Vec<Line<'_>> {
    let mut lines: Vec<Line<'_>> = vec![];
    let mut start = 0;
    let mut blank = true;
    for raw in text.split_inclusive('\n') {
        let inner = raw.trim_start_matches(|it: char| it.is_whitespace() || it == '\u{feff}');
        let from = start + raw.len() - inner.len();
        let inner = inner.trim_end();
        start += raw.len();
        if inner.is_empty() {
            if let Some(last) = lines.last_mut() {
                last.blank_after = true;
            }
            blank = true;
            continue;
        }
        let bytes = from..from + inner.len();
        lines.push(Line { text: inner, bytes, blank_before: blank, blank_after: false, drop: None, job: None });
        blank = false;
    }
    if let Some(last) = lines.last_mut() {
        last.blank_after = true;
    }
    lines
}

/// Says whether paragraphs are broken into lines of equal width, as in old mail and wire text.
fn is_wrapped(lines: &[Line<'_>]) -> bool {
    let lower = |it: &Line<'_>| it.text.chars().next().is_some_and(char::is_lowercase);
    let broken = lines.windows(2).filter(|it| !it[0].is_closed() && !it[0].blank_after && lower(&it[1])).count();
    broken * 5 > lines.len()
}

macro_rules! pattern {
    ($name:ident, $pattern:expr) => {
        static $name: LazyLock<Regex> = LazyLock::new(|| Regex::new($pattern).expect("the pattern is well formed"));
    };
}

pattern!(
    NAVIGATION,
    r"(?ix)^(?:
      accessibility\ links | breaking\ news | (?:skip|jump)\ to\ .{1,40} | (?:back\ to\ )?top\ of\ page | bottom\ of\ page | back\ to\ top
    | tag\ cloud | featured(?:\ review|\ stories|\ posts|\ news)? | (?:main\ )?(?:menu|navigation) | search | home | sections? | toggle\ .{1,30}
    | share | share\ (?:this|on|via|to|with)\b.{0,60} | click\ to\ (?:share|print|email)\b.{0,60} | tweet | print | e-?mail | whatsapp | facebook | twitter | telegram | linkedin | pinterest | reddit | x | copy\ link | embed | listen
    | (?:previous|next|prev)\ (?:article|post|story).* | (?:related|recommended|popular|trending|latest|recent|top|more)\ (?:articles?|stories|story|posts?|news|topics|coverage|content|reading|videos?|headlines)\b.{0,40}
    | (?:most\ )?(?:popular|read|viewed|shared|commented)(?:\ now)? | trending(?:\ now)? | recommended(?:\ for\ you)? | editor'?s\ picks? | you\ (?:may|might)\ (?:also\ )?(?:like|be\ interested\ in).{0,40} | don'?t\ miss
    | (?:also\ read|read\ also|see\ also|read\ more|read\ next|further\ reading|more\ on\ this|more\ from|more\ about|related|watch|listen\ to|in\ pictures)\s*[:|–—»].* | read\ (?:more|next|on)\s*(?:»|→|›|\.\.\.|…)? | more\ (?:from|on)\ [^.]{1,50} | keep\ reading | continue\ reading
    | (?:load|show|view|see)\ (?:more|all)\b.{0,30} | (?:tags|topics|categories|filed\ under|keywords|posted\ in|labels)\s*:?(?:\s.{0,200}|:.{0,200})? 
    | (?:follow|like|join|find)\ us\b.{0,80} | follow\ @?\w+\ on\ .{1,40} | live(?:\ tv|\ updates|\ blog)? | site\ map | about\ us | contact(?:\ us)? | privacy\ policy.{0,60} | terms\ (?:of|and)\ .{1,60} | careers | newsletters? | languages? | (?:open|close)\ (?:menu|navigation|search) | download\ our\ app.{0,60}
    | \d+\ (?:min(?:ute)?s?)\ read | \d+\ (?:shares?|views?|likes?) | [|›»<>•·\-–—_=*\#~\s]+ | (?:page\ )?\d+\ of\ \d+ | this\ (?:article|story|report)\ (?:was\ )?(?:first|originally)\ (?:appeared|published)\b.{0,150}
    )\s*[:»›→]?$"
);
pattern!(
    FORM,
    r"(?ix)^(?:
      please\ (?:enter|log|sign|fill|confirm|verify|enable)\b.* | leave\ a\ (?:reply|comment)\b.* | leave\ this\ field\b.* | your\ e-?mail\ address\b.* | required\ fields\b.* | this\ site\ uses\ akismet\b.* | save\ my\ name\b.* | notify\ me\ of\b.*
    | (?:log|sign)\ (?:in|out|up|on)(?:\ (?:to|for|with|here|now)\b.{0,120})? | register(?:\ (?:now|here))? | (?:post|submit|add|write|view)\ (?:a\ |your\ )?comments?.{0,40} | cancel\ reply | join\ the\ (?:discussion|conversation)\b.{0,60} | enter\ your\ .{1,60}
    | subscribe(?:\ (?:to|now|for|today|here|via)\b.{0,150})? | get\ (?:our|the)\ .{1,60}newsletter.{0,60} | by\ (?:subscribing|signing\ up|clicking|submitting|continuing)\b.* | (?:we|this\ (?:web)?site)\ uses?\ cookies\b.* | (?:accept|reject|manage)\ (?:all\ )?cookies.{0,30} | i\ agree.{0,40} | thank\ you\ for\ (?:subscribing|signing).{0,60}
    | (?:comment|name|e-?mail|website|username|password|message)s?\s*(?:\*|:)+ | \d+\ comments? | comments?(?:\ \(\d+\)|\ are\ closed)? | no\ comments(?:\ yet)? | be\ the\ first\ to\ comment.{0,20} | forgot\ (?:your\ )?password.* | donate(?:\ (?:now|today|here))? | support\ our\ (?:work|journalism).{0,120}
    )[.!*:]?$"
);
pattern!(
    ADVERTISEMENT,
    r"(?ix)^[\W_]*(?:advertisement|advertisements|advertising|ad|sponsored(?:\ content|\ by\ .{1,40})?|promoted(?:\ content)?|paid\ (?:post|content)|(?:story|article)\ continues\ below.{0,40}|(?:scroll|continue)\ (?:down\ )?to\ (?:continue|read).{0,40}|(?:continue\ reading|story\ continues)\ after\ .{0,40}|remove\ ads)[\W_]*$"
);
pattern!(
    COPYRIGHT,
    r"(?i)^\W*(?:\(c\)|©|copyright\s*(?:\(c\)|©|\d{4}|by\b|[-–—:,]))|^.{0,120}\ball rights reserved\b|^this material may not be published, broadcast|^reproduction (?:in whole|without)"
);
pattern!(
    COPYRIGHT_PARTS,
    r"(?i)^[\s•|*-]*(?:copyright\s*)?(?:\(c\)|©)?\s*(?:by\s+)?(?:(\d{4})(?:\s*[-–]\s*\d{2,4})?)?[\s,.:|-]*(?:by\s+)?([^.|•·\n]{2,60}?)?(?:[\s,.|•·-]*all rights reserved.*)?[.\s]*$"
);
pattern!(
    BYLINE,
    r"^(?:(?i:by|written by|reported by|reporting by|story by|author|words by)\s*:?\s+)((?:[\p{Lu}][\p{L}'’.\-]*)(?:(?:,? (?:and|with|in) |,? & |, | )(?:(?:al-|el-|de |van |von |bin |ibn |abu )?[\p{Lu}][\p{L}'’.\-]*)){0,9})(?:\s*[|–—-]\s*.{1,60})?$"
);
pattern!(
    REPORTING,
    r"(?i)^[\[(]?(?:additional |with )?(?:reporting|writing|editing|edited|compiled|contributed) (?:by|to)\b[^.]{2,200}\.?[\])]?$"
);
pattern!(
    CREDIT,
    r"(?x)^[\[(]?(?:
      (?i:photo(?:graph)?s?|image|picture|video|illustration)(?i:\ (?:credit|courtesy|source|by))?\s*(?:[:/|©]|(?i:by|of|courtesy))\s*.{2,100}
    | [\p{L}\ .'’\-]{2,60}\s?[/|]\s?(?:AP|AFP|Reuters|REUTERS|EPA|Getty|Anadolu|Shutterstock|NurPhoto|Xinhua|Bloomberg|UN|UNICEF|UNHCR|DVIDS)(?:\ .{1,40}|/.{1,60})?
    | (?:AP|AFP|Reuters|REUTERS|EPA|Getty|Anadolu|Shutterstock)\ ?(?:Photo|Images|File|Agency|/)\b.{0,60}
    | (?i:getty\ images|via\ getty\ images|file\ photo|courtesy\ photo|handout)
    )[\])]?\.?$"
);
pattern!(
    GLUED_LINK,
    r"[.!?”]['’]?\s*(Accessibility links|Skip to (?:main )?content|(?:top|bottom) of page|Back to top|Share this(?: article)?|Previous article\S.*|Next article\S.*|- ?Advertisement ?-|Tag Cloud)$"
);
pattern!(
    GLUED_CREDIT,
    r"[\[(](?:AP Photo|Photo|Image|Picture|Getty|AFP|Reuters|REUTERS|EPA|File)\b[^\])]{0,100}[\])]\.?$"
);
pattern!(
    CAPTION,
    r"(?x)^(?:FILE\b\s*[-–—:]|File\s+(?:photo|picture|image)|TOPSHOT\b|(?i:photo|caption|image|pictured|video)\s*:|FILE\ PHOTO|(?:In|An?|The|This)\ (?:this\ )?(?:file\ |undated\ |handout\ |screen\ ?grab\ |satellite\ )*(?:photo|image|picture|frame\ grab|screenshot|grab)\b)
     |\bin\ this\ (?:\w+\ ){0,3}(?:photo|image|picture|frame\ grab|screenshot|video\ grab|grab)\b|\bframe\ grab\b|\((?:AP\ Photo|Photo|Image|AFP|Reuters|REUTERS|Getty)[^)]*\)\.?$|\[[^\]]*/(?:AP|AFP|Reuters|REUTERS|EPA|Anadolu|Getty)[^\]]*\]\.?$"
);
pattern!(
    PRESENT,
    r"(?x)^(?:[\p{L}\p{N}'’.,\-]+\s){1,14}?(?:is|are|stands?|walks?|sits?|looks?|gathers?|holds?|carr(?:y|ies)|patrols?|inspects?|attends?|speaks?|rides?|waits?|waves?|watch(?:es)?|pass(?:es)?|rises?|runs?|arrives?|poses?|mourns?|prays?|protests?|march(?:es)?|clears?|searches|search|guards?|shows?|leaves?|flees?|works?|stages?|takes?|treats?|listens?|displays?)\s"
);
pattern!(
    FULL_DATE,
    r"\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.? \d{1,2}, \d{4}\b|\b\d{1,2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?,? \d{4}\b"
);
pattern!(SAYS, r"\b(?:said|says|told|according to|announced|confirmed|claimed)\b");

/// Returns the kind of a line that is furniture by its own words.
fn phrase(line: &str) -> Option<&'static str> {
    let bare =
        line.trim_matches(|it: char| it.is_whitespace() || matches!(it, '•' | '·' | '|' | '»' | '›' | '>' | '<' | '«'));
    if bare.is_empty() {
        return Some("navigation");
    }
    if ADVERTISEMENT.is_match(bare) {
        return Some("advertisement");
    }
    if COPYRIGHT.is_match(bare) && bare.len() < 300 {
        return Some("copyright");
    }
    if NAVIGATION.is_match(bare) {
        return Some("navigation");
    }
    if FORM.is_match(bare) {
        return Some("form");
    }
    if BYLINE.is_match(line) && !line.ends_with(['.', '?', '!']) || REPORTING.is_match(line) {
        return Some("byline");
    }
    (line.len() < 140 && CREDIT.is_match(line)).then_some("photo_credit")
}

/// Returns the author names of a byline.
pub(crate) fn byline(line: &str) -> Option<String> {
    BYLINE.captures(line).map(|it| it[1].trim_end_matches([',', ' ']).to_owned())
}

fn copyright(line: &str) -> Option<Copyright> {
    let parts = COPYRIGHT_PARTS.captures(line)?;
    let year = parts.get(1).and_then(|it| it.as_str().parse().ok()).filter(|it| (1900..2200).contains(it));
    let owner = parts.get(2).map(|it| it.as_str().trim_matches([',', ' ', '.']).to_owned());
    let owner = owner
        .filter(|it| it.len() > 1 && it.chars().next().is_some_and(char::is_uppercase) && it.split(' ').count() <= 6);
    Some(Copyright { year, owner })
}

/// Returns what is glued to the end of a line: "…in the near future.Accessibility links".
fn glued(line: &Line<'_>) -> Option<(Range<usize>, &'static str)> {
    let mut from = line.text.len().saturating_sub(200);
    while !line.text.is_char_boundary(from) {
        from += 1;
    }
    let end = &line.text[from..];
    let shift = line.bytes.start + from;
    if let Some(link) = GLUED_LINK.captures(end).and_then(|it| it.get(1)) {
        let kind = if link.as_str().contains("Advert") { "advertisement" } else { "navigation" };
        return Some((shift + link.start()..line.bytes.end, kind));
    }
    let credit = GLUED_CREDIT.find(end).filter(|it| shift + it.start() > line.bytes.start)?;
    Some((shift + credit.start()..line.bytes.end, "photo_credit"))
}

/// Returns the title: the first line of headline shape before the first sentence.
fn title(lines: &[Line<'_>], lead: Option<usize>) -> Option<usize> {
    let end = lead.unwrap_or(lines.len()).min(40);
    let fits = |at: &usize, least: usize| {
        let line = &lines[*at];
        let next_lower =
            |next: &Line<'_>| !line.blank_after && next.text.chars().next().is_some_and(char::is_lowercase);
        line.is_free()
            && (least..=40).contains(&line.words())
            && line.text.len() <= 300
            && !is_caption(line.text)
            && !line.text.ends_with(['.', ',', ';', ':'])
            && !crate::pubdate::is_date_line(line.text)
            && lines.get(at + 1).is_some_and(|next| !next_lower(next))
    };
    (0..end).find(|at| fits(at, 4)).or_else(|| (0..end).find(|at| fits(at, 2)))
}

/// Drops short labels above the title: "World", "Middle East".
fn labels_before(head: &mut [Line<'_>]) {
    for line in head {
        if line.is_free() && line.words() <= 3 && !line.is_closed() && !crate::pubdate::is_date_line(line.text) {
            line.drop = Some("navigation");
        }
    }
}

/// Says whether a line stands under a picture.
fn is_caption(line: &str) -> bool {
    if line.len() > 700 {
        return false;
    }
    // "A guard stands at a gate in Arbala, Norland, Sept. 11, 2021."
    let told = || {
        PRESENT.is_match(line) && FULL_DATE.is_match(line) && !SAYS.is_match(line) && line.matches(". ").count() <= 3
    };
    CAPTION.is_match(line) || told()
}

fn captions(lines: &mut [Line<'_>], title: Option<usize>, lead: Option<usize>) {
    let from = title.map_or(0, |it| it + 1);
    let until = lead.unwrap_or(lines.len());
    for at in from..lines.len() {
        let again = at + 1 < lines.len() && lines[at].text == lines[at + 1].text && lines[at].words() >= 6;
        let line = &mut lines[at];
        if line.is_free() && (is_caption(line.text) || again && at < until.saturating_add(1)) {
            line.job = Some("caption");
        }
    }
}

/// Drops a caption or title that is printed again.
fn duplicates(lines: &mut [Line<'_>], title: Option<usize>) {
    let name = title.map(|it| fold(lines[it].text));
    for at in title.map_or(1, |it| it + 1)..lines.len() {
        if lines[at].drop.is_some() {
            continue;
        }
        if lines[at - 1].job == Some("caption") && lines[at - 1].text == lines[at].text {
            lines[at].job = Some("caption");
            lines[at].drop = Some("duplicate_caption");
        } else if lines[at].text.len() < 400 && name.as_ref().is_some_and(|it| alike(it, &fold(lines[at].text))) {
            lines[at].job = None;
            lines[at].drop = Some("duplicate_title");
        }
    }
}

fn fold(line: &str) -> Vec<String> {
    let words = line.split(|it: char| !it.is_alphanumeric()).filter(|it| !it.is_empty());
    words.map(str::to_lowercase).collect()
}

/// Says whether two titles differ in no more than one word in five (an ending counts as a word).
fn alike(a: &[String], b: &[String]) -> bool {
    let (long, short) = (a.len().max(b.len()), a.len().min(b.len()));
    short >= 4 && long - short <= 1 && {
        let same = a.iter().filter(|it| b.contains(it)).count();
        (long - same) * 6 <= long + 1
    }
}

/// Marks short lines of their own between paragraphs.
fn headings(lines: &mut [Line<'_>], from: usize) {
    let Some(last) = lines.iter().rposition(|it| it.is_sentence()) else { return };
    let Some(first) = lines.iter().enumerate().position(|(at, it)| at >= from && it.is_free() && it.is_sentence())
    else {
        return;
    };
    for at in first + 1..last {
        let line = &lines[at];
        let opens =
            line.text.chars().find(|it| it.is_alphanumeric()).is_some_and(|it| it.is_uppercase() || it.is_numeric());
        let open_end = !line.text.ends_with(['.', ',', ';', ':', '"', '”', '!', '-', '–', '—']);
        if line.is_free()
            && line.blank_before
            && opens
            && open_end
            && line.words() <= 14
            && line.text.len() <= 110
            && !crate::pubdate::is_date_line(line.text)
        {
            lines[at].job = Some("heading");
        }
    }
}

/// Drops what follows the last sentence: names of other pages, labels, counters.
fn tail(lines: &mut [Line<'_>]) {
    let Some(last) = lines.iter().rposition(|it| it.is_free() && it.is_sentence()) else { return };
    for at in last + 1..lines.len() {
        let after_furniture = lines[at - 1].drop.is_some();
        let line = &mut lines[at];
        if line.is_free() && !line.is_closed() && (line.words() <= 8 || after_furniture && line.words() <= 25) {
            line.drop = Some("navigation");
        }
    }
}
