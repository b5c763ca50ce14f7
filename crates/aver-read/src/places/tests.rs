use super::gazetteer::{Gazetteer, Level, fold};
use crate::{Context, Index, text::Text, trees::Trees};
use aver_codebook::{Codebook, Nationality, PlaceEntry};
use aver_language::{Layer, Name};
use aver_model::{Document, Page, Place, Published};

fn codebook() -> Codebook {
    let mut book = Codebook::default();
    let people = |country: &str, state: &str, words: &[&str]| Nationality {
        country: country.to_owned(),
        state: state.to_owned(),
        words: words.iter().map(|it| (*it).to_owned()).collect(),
    };
    book.lexicon.nationalities =
        vec![people("AF", "Afghanistan", &["Afghan", "Afghans"]), people("SY", "Syria", &["Syrian"])];
    book.lexicon.facilities = vec!["airport".to_owned(), "mosque".to_owned()];
    book.lexicon.titles = vec!["Gen.".to_owned(), "President".to_owned()];
    book.places = vec![PlaceEntry {
        id: "kabul-dasht-e-barchi".to_owned(),
        name: "Dasht-e-Barchi".to_owned(),
        aliases: vec!["Dasht-i-Barchi".to_owned(), "Dashti Barchi".to_owned()],
        level: "neighbourhood".to_owned(),
        admin1: Some("Kabul".to_owned()),
        country: Some("AF".to_owned()),
        ..PlaceEntry::default()
    }];
    book
}

fn places(text: &str) -> Vec<Place> {
    places_with(text, &[])
}

/// The places of a text in which a language model found names, given by their words.
fn places_with(text: &str, names: &[(&str, &'static str)]) -> Vec<Place> {
    let find = |ctx: &mut Context<'_>| {
        if !names.is_empty() {
            ctx.text.trees = trees(&ctx.text, names);
        }
        super::find(ctx, &[]).list
    };
    with_context(text, find)
}

/// The country of what a word tells, where its own words name no place.
fn located(text: &str, word: &str) -> Option<String> {
    with_context(text, |ctx| {
        let token = ctx.text.tokens.iter().position(|it| it.lower == word).unwrap();
        super::Home::new(ctx, &super::find(ctx, &[])).country(ctx, token)
    })
}

fn with_context<T>(text: &str, read: impl FnOnce(&mut Context<'_>) -> T) -> T {
    let document = Document {
        id: String::new(),
        sha256: String::new(),
        file: String::new(),
        source: None,
        title: None,
        byline: None,
        language: None,
        published: Published::UNKNOWN,
    };
    let page = Page { document, text: text.to_owned(), dropped: vec![], structure: vec![], notes: vec![] };
    let book = codebook();
    let index = Index::new(&book);
    read(&mut Context { page: &page, codebook: &book, index: &index, text: Text::new(&page) })
}

/// Trees that hold nothing but names.
fn trees(text: &Text<'_>, names: &[(&str, &'static str)]) -> Trees {
    let bytes: Vec<_> = text.sentences.iter().map(|it| it.bytes.clone()).collect();
    let mut analysis = aver_language::cut_sentences(text.raw, &bytes);
    for (name, kind) in names {
        let start = text.raw.find(name).unwrap();
        let inside = |it: &aver_language::Word| it.bytes.start >= start && it.bytes.end <= start + name.len();
        let first = analysis.words.iter().position(inside).unwrap();
        let count = analysis.words.iter().filter(|it| inside(it)).count();
        analysis.names.push(Name { words: first..first + count, kind, layer: Layer::Name });
    }
    Trees::new(text, &analysis)
}

/// Name, level, division and country of each place, parted by slashes.
fn told(text: &str) -> Vec<String> {
    let part = |it: &Option<String>| it.clone().unwrap_or_default();
    places(text)
        .iter()
        .map(|it| format!("{}/{}/{}/{}", it.name, it.level, part(&it.admin1), part(&it.country)))
        .collect()
}

#[test]
fn the_gazetteer_opens_at_once_and_knows_spellings() {
    let began = std::time::Instant::now();
    let gazetteer = Gazetteer::get();
    assert!(began.elapsed().as_millis() < 50);
    assert!(gazetteer.size().0 > 200_000);
    for name in [
        "Mazar-i-Sharif",
        "Mazar-e-Sharif",
        "Mazār-e Sharīf",
        "Kyiv",
        "Kiev",
        "Al-Raqqah",
        "Gao",
        "N'Djamena",
        "Saint Louis",
        "St. Louis",
    ] {
        assert!(!gazetteer.find(name).is_empty(), "{name}");
    }
    let kabul = gazetteer.find("Kabul");
    assert!(kabul.iter().any(|it| it.level == Level::City
        && it.country == "AF"
        && it.admin1 == Some("Kabul")
        && (it.lat - 34.53).abs() < 0.02));
    assert!(kabul.iter().any(|it| it.level == Level::Admin1));
    assert_eq!(gazetteer.country("AF").map(|it| it.name), Some("Afghanistan"));
    assert_eq!(fold("The  Mazar–e–Sharif"), "mazar sharif");
}

#[test]
fn towns_provinces_and_countries_are_told_apart() {
    assert_eq!(
        told(
            "A bomb exploded in Kabul on Friday. The men fled to Nangarhar province, in eastern Afghanistan, and then left Afghanistan for Herat."
        ),
        [
            "Kabul/city/Kabul/AF",
            "Nangarhar/admin1/Nangarhar/AF",
            "eastern Afghanistan/region//AF",
            "Afghanistan/country//AF",
            "Herat/city/Herat/AF"
        ]
    );
    assert_eq!(told("Residents of Dasht-i-Barchi fled."), ["Dasht-e-Barchi/neighbourhood/Kabul/AF"]);
}

#[test]
fn the_document_decides_which_place_of_a_name_is_meant() {
    assert_eq!(
        told("Shells fell on Tripoli, Lebanon, on Monday.")[0],
        "Tripoli/city/North Governorate/LB".replace(
            "North Governorate",
            &places("Shells fell on Tripoli, Lebanon, on Monday.")[0].admin1.clone().unwrap_or_default()
        )
    );
    let at = |text: &str, name: &str| places(text).into_iter().find(|it| it.name == name).and_then(|it| it.country);
    assert_eq!(
        at("The army shelled Tripoli. Libya has seen no peace, Libya's envoy said in Libya.", "Tripoli").as_deref(),
        Some("LY")
    );
    assert_eq!(at("Police in Paris, Texas, made an arrest.", "Paris").as_deref(), Some("US"));
    assert_eq!(at("Police in Paris made an arrest.", "Paris").as_deref(), Some("FR"));
}

#[test]
fn persons_peoples_bodies_and_common_words_are_no_places() {
    for text in [
        "The Washington Post and The New York Times reported it.",
        "Thomas West told reporters that West was satisfied.",
        "Gen. Jackson said that the Afghan army was ready.",
        "Reading the report took a day. Nice people said so in March.",
        "The Islamic State of Arbala denied it.",
        "Graeme Smith is a consultant. Smith said so.",
    ] {
        assert_eq!(told(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn unlisted_places_stay_unresolved_and_blank_no_others() {
    assert_eq!(
        told("Fighters attacked a post in Qorvash district, Takhar, in Afghanistan."),
        ["Qorvash/admin2/Takhar/AF", "Takhar/admin1/Takhar/AF", "Afghanistan/country//AF"]
    );
    assert!(places("Fighters attacked a post in Qorvash district on Monday.")[0].lat.is_none());
}

#[test]
fn a_list_shares_its_kind() {
    let kinds = |text: &str| places(text).into_iter().map(|it| format!("{} {}", it.name, it.level)).collect::<Vec<_>>();
    assert_eq!(
        kinds("Fighting was reported in the northern provinces of Badakhshan, Takhar, and Kunduz."),
        ["Badakhshan admin1", "Takhar admin1", "Kunduz admin1"]
    );
    assert_eq!(
        kinds("Fighting was reported in Herat and Kunduz provinces in Afghanistan.")[..2],
        ["Herat admin1", "Kunduz admin1"]
    );
    assert_eq!(kinds("The governor of Balkh said that Afghanistan was calm.")[0], "Balkh admin1");
    assert_eq!(kinds("Gunmen fled to Kunduz and Kabul. Afghanistan is quiet.")[..2], ["Kunduz city", "Kabul city"]);
}

#[test]
fn other_spellings_count_where_the_document_bears_them_out() {
    let names = |text: &str| places(text).into_iter().map(|it| it.country.unwrap_or_default()).collect::<Vec<_>>();
    assert_eq!(names("Shells hit Sloviansk and Avdiivka, in Ukraine."), ["UA", "UA", "UA"]);
    assert_eq!(names("In Deir ez-Zor province, fighters fled the village of Zabarq."), ["SY", "SY"]);
    assert_eq!(names("Troops in Deir ez-Zor and al-Hasakah fled. Syria denied it."), ["SY", "SY", "SY"]);
}

#[test]
fn a_mosque_named_like_a_town_abroad_is_no_such_town() {
    let names = |text: &str| places(text).into_iter().map(|it| it.name).collect::<Vec<_>>();
    assert_eq!(names("Shells fell outside Al Wadi mosque in Yemen."), ["Yemen"]);
    assert_eq!(names("Shells fell outside Kunduz mosque in Afghanistan."), ["Kunduz", "Afghanistan"]);
}

#[test]
fn what_is_told_without_a_country_lies_in_that_of_its_paragraph_then_of_the_document() {
    let text = "Raiders burned huts in Qorvash.\n\nNorlanders met in Amman, in Jordan.\n\nTroops left Herat for Kabul, in Afghanistan. \
                Guns were found in Kandahar and in Kunduz.";
    assert_eq!(located(text, "burned").as_deref(), Some("AF"), "the document's, which names it most");
    let other = "Troops left Herat for Kabul.\n\nIn Amman, in Jordan, police met. They rested.";
    assert_eq!(located(other, "rested").as_deref(), Some("JO"), "its paragraph's");
    assert_eq!(located("Norland and Jordan signed it in a hall.", "signed"), None, "a word alone is not enough");
}

#[test]
fn a_famous_name_is_the_one_among_its_neighbors() {
    let country = |text: &str, name: &str| {
        let found = places(text).into_iter().find(|it| it.name == name);
        found.and_then(|it| it.country).unwrap_or_default()
    };
    assert_eq!(country("Schools in Dublin, Hilliard, Westerville and Worthington were shut.", "Dublin"), "US");
    assert_eq!(country("Roads from Dublin to Cork, Galway and Limerick were shut.", "Dublin"), "IE");
    assert_eq!(country("Protests were held in Beirut, Sidon and Tripoli.", "Tripoli"), "LB");
    assert_eq!(country("Shells fell on Misrata, Zawiya and Tripoli.", "Tripoli"), "LY");
}

#[test]
fn a_state_by_its_abbreviation_is_a_place_too() {
    let found = told("The plant in Lansing, Mich., closed. A court in W.Va. agreed.");
    assert!(found.iter().any(|it| it == "Michigan/admin1/Michigan/US"), "{found:?}");
    assert!(found.iter().any(|it| it == "West Virginia/admin1/West Virginia/US"), "{found:?}");
}

#[test]
fn a_famous_name_is_no_witness_for_the_famous_place() {
    let text = "Paris residents met the sheriff. The road from Paris to Clarksville, Texas, and Bonham, Texas, is closed. \
        Firefighters from Paris and Cooper, Texas, came.";
    assert!(told(text).iter().any(|it| it == "Paris/city/Texas/US"), "{:?}", told(text));
    let found = told("Trade between Paris and Berlin grew, ministers said in Paris.");
    assert!(found.iter().any(|it| it.ends_with("FR")), "{found:?}");
}

#[test]
fn words_for_peoples_have_their_country_and_are_no_places() {
    let page = crate::text::tests::page("Syrian troops and U.S. jets met Afghans; us two saw it.");
    let book = codebook();
    let index = Index::new(&book);
    let ctx = Context { page: &page, codebook: &book, index: &index, text: Text::new(&page) };
    let found = super::peoples(&ctx, &super::find(&ctx, &[]));
    let told: Vec<String> =
        found.into_iter().map(|(it, country)| format!("{} {country}", ctx.text.words(it))).collect();
    assert_eq!(told, ["Syrian SY", "U.S. US", "Afghans AF"]);
}

#[test]
fn a_small_town_that_the_model_takes_for_a_place_is_one() {
    let text = "Tarrafal waits for rain. Nobody had seen the like.";
    assert!(places(text).is_empty());
    let found = places_with(text, &[("Tarrafal", "GPE")]);
    assert_eq!(found.iter().map(|it| it.country.as_deref()).collect::<Vec<_>>(), [Some("CV")]);
    assert!(places_with(text, &[("Tarrafal", "PERSON")]).is_empty());
}

#[test]
fn islands_on_both_sides_of_the_date_line_lie_between_them() {
    for iso in ["FJ", "KI"] {
        let middle = Gazetteer::get().country(iso).unwrap();
        assert!(middle.lon.abs() > 170.0 && middle.lat.abs() < 25.0, "{middle:?}");
    }
    let sides = Gazetteer::get().find("Chukotka").into_iter().find(|it| it.level == Level::Admin1).unwrap();
    assert!(sides.lon.abs() > 165.0, "{sides:?}");
}

#[test]
fn a_country_goes_by_other_names_too() {
    let country = |text: &str| places(text).into_iter().map(|it| it.country.unwrap_or_default()).collect::<Vec<_>>();
    assert_eq!(country("He fled from America to Zaire and died in the Republic of Congo."), ["US", "CD", "CG"]);
    assert_eq!(country("Envoys of the People's Republic of China left."), ["CN"]);
}

/// Name, level, division, country and whether it has a position, of places in which the model found a name.
#[track_caller]
fn check_unlisted(text: &str, names: &[(&str, &'static str)], expected: &str) {
    let part = |it: &Option<String>| it.clone().unwrap_or_default();
    let told = |it: &Place| {
        let place = if it.lat.is_some() { "placed" } else { "nowhere" };
        format!("{}/{}/{}/{}/{place}", it.name, it.level, part(&it.admin1), part(&it.country))
    };
    let found = places_with(text, names);
    assert_eq!(found.iter().find(|it| it.gazetteer.is_none()).map(told).unwrap_or_default(), expected, "{text}");
}

#[test]
fn unlisted_places_are_kept_where_the_model_takes_them_for_places() {
    check_unlisted("A bomb went off in Qorvash on Monday.", &[("Qorvash", "GPE")], "Qorvash/city///nowhere");
    check_unlisted("A bomb went off in the Qorvash on Monday.", &[("Qorvash", "ORG")], "");
    check_unlisted("The Qorvash team left.", &[("Qorvash", "GPE")], "");
    check_unlisted(
        "Planes hit the Qorvash Mountains.",
        &[("Qorvash Mountains", "LOC")],
        "Qorvash Mountains/region///nowhere",
    );
    check_unlisted(
        "They met in the Qorvash area of Oslo.",
        &[("Qorvash", "GPE")],
        "Qorvash/neighbourhood/Oslo/NO/placed",
    );
}

#[test]
fn what_holds_an_unlisted_place_gives_it_country_and_a_town_its_position() {
    check_unlisted("They met in the Qorvash neighborhood of Herat.", &[], "Qorvash/neighbourhood/Herat/AF/placed");
    check_unlisted("They met in Herat's western Qorvash quarter.", &[], "Qorvash/neighbourhood/Herat/AF/placed");
    check_unlisted("They met in the Qorvash district of Herat.", &[], "Qorvash/admin2/Herat/AF/nowhere");
    check_unlisted("They met in the Qorvash district of Kabul.", &[], "Qorvash/neighbourhood/Kabul/AF/placed");
    check_unlisted("They met in the village of Qorvash in Herat.", &[], "Qorvash/city/Herat/AF/nowhere");
    check_unlisted("They met in Qorvash district in Badakhshan province.", &[], "Qorvash/admin2/Badakhshan/AF/nowhere");
    check_unlisted("They met in Qorvash district, north of Herat.", &[], "Qorvash/admin2//AF/nowhere");
}

#[test]
fn a_person_or_a_side_of_a_town_is_no_town_far_away() {
    let text = "Nelson went home. Boats from British Columbia and Canada came.";
    assert!(!places_with(text, &[("Nelson", "PERSON")]).iter().any(|it| it.name == "Nelson"));
    let text = "A shop stood on the South Side of Chicago. They drove to the West Coast.";
    assert_eq!(told(text), ["Chicago/city/Illinois/US"]);
}
