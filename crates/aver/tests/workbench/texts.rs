//! Small invented reports for the tests of the screens.

use crate::desk::Desk;

/// Two outlets, four accounts, one of them a claim; figures differ.
pub const MARKET: &[(&str, &str, &str, &str)] = &[
    (
        "tribune.txt",
        "Orvane Tribune",
        "2024-03-12",
        "Bombing in Tarsh\n\nA bomb exploded at a grain market in Tarsh on Monday, killing at least 12 people, police said.\n\n\
         The director of Tarsh General Hospital said the hospital had received 17 bodies.\n",
    ),
    (
        "wire.txt",
        "Northern Wire",
        "2024-03-13",
        "Group claims Tarsh bombing\n\nThe Ridge Brigade claimed responsibility for the bombing of a grain market in Tarsh on Monday, \
         saying it had killed 40 soldiers.\n",
    ),
];

/// The market, as a workbench.
pub fn market() -> Desk {
    Desk::texts(MARKET)
}

/// Markup where names, titles, files and quotes stand.
pub fn hostile() -> Desk {
    Desk::texts(&[(
        "<img src=x onerror=alert(1)>.txt",
        "<script>alert(2)</script> Post",
        "2024-05-02",
        "<b>Bombing</b> \"><script>alert(3)</script>\n\nA bomb killed 12 people at a market in Tarsh on Monday, police <i>chief</i> Onn \
         \"><svg onload=alert(4)> Vale said.\n",
    )])
}

/// The id of the first event of the list.
pub fn first_event(desk: &Desk) -> String {
    desk.ok("/events.json").json()[0]["id"].as_str().unwrap().to_owned()
}
