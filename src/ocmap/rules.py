"""The rules by which a sentence is coded: for each field and value what it means, when it applies, when not.

They are data, so that the codebook is generated from them and a test can see that no value goes without one.
Examples are made up in the manner of the source; none is quoted from it.
"""

from collections.abc import Mapping
from typing import NamedTuple

from ocmap.model import Hedge, Nature, Role


class Rule(NamedTuple):
    """When a value applies, an example of it, and one of what it is taken for by mistake."""

    rule: str
    example: str
    counter: str


FIELD_RULES: Mapping[str, Rule] = {
    "statement": Rule(
        "One thing that a sentence asserts and that could be true or false by itself. Split a sentence where the"
        " places, the actors, the hedge, the nature or the markets of its parts differ; otherwise keep it whole. An"
        " enumeration (of goods, of groups, of methods) is one statement.",
        "‘Gold leaves by road, and officers are said to look away’: two statements, since hedge and nature differ.",
        "‘Trucks, vans and buses carry it’: one statement, not three.",
    ),
    "markets": Rule(
        "Every one of the 15 markets that the sentence itself speaks of, whatever its heading: the heading's own market"
        " always, if the heading is a market, and each other one that it mentions as a crime. A group's id (`drugs`,"
        " `environment` …) only where the sentence speaks of the group and of no market in it: ‘drugs’, ‘drug"
        " trafficking’, ‘environmental crime’. Blank where it speaks of organized crime in general.",
        "‘Gangs that run mines also traffic women’, under mining: non_renewable and human_trafficking.",
        "‘Forced labour in mines and on farms’: human_trafficking alone; mining is a sector here and not a crime. Money"
        " laundering, contract killing, corruption, protest and gambling are none of the 15 markets; do not force them"
        " into one. Wildlife is fauna, timber and logging flora, gold and mining non_renewable; firearms are arms only"
        " where trade, smuggling, making or illegal possession of weapons is spoken of.",
    ),
    "places": Rule(
        "Every place that the sentence itself names, under any of the names in the gazetteer's `aliases`, once for each"
        " role that it has. Adjectives count: a ‘Colombian’ group names CO as a nationality. A border that is named by"
        " its neighbour is that corridor; borders without a neighbour are `borders`; ‘border regions’ too. Peru as"
        " such is coded only as an end of a flow. ‘Lima’ is PE-LMA.",
        "‘Near the Chilean border’: border-CL, location. ‘Sent to Asia’: asia, destination.",
        "A place of the sentence before, or one that follows from geography. A place that merely defines another (‘X,"
        " which borders Y’). ‘Peruvian groups’ and ‘Peru's police’ code no place. A currency or a language is no place."
        " Where isolated peoples, victims or informants are spoken of, their whereabouts are not coded.",
    ),
    "actors": Rule(
        "Every group of offenders that the sentence names: an organisation by its name, a nationality of groups"
        " (‘Brazilian gangs’), or a kind of offender (‘foreign groups’, ‘timber bosses’, ‘officials’ who take bribes)."
        " Where it names several, all of them; ‘foreign groups, including X’ names both the kind and X.",
        "‘Local and foreign gangs, among them X’: local-groups, foreign-groups and X.",
        "Victims and migrants. State bodies that act against crime. A bare ‘criminal groups’ or ‘criminal"
        " organizations’ without any quality. Never a person.",
    ),
    "indicators": Rule(
        "For a sentence under a resilience indicator: that one. Besides, each other indicator whose own subject the"
        " sentence speaks of: police and special units law_enforcement; courts and prisons judiciary; laws and national"
        " policies policies_laws; corruption of government transparency; border control territorial_integrity; money"
        " laundering aml; treaties and foreign partners cooperation.",
        "‘Police raid markets, but little changes’, under a market: law_enforcement.",
        "‘Corruption’ as a cause inside a sentence on something else does not add transparency unless public office is"
        " what the sentence is about.",
    ),
}

NATURE_RULES: Mapping[Nature, Rule] = {
    Nature.ACTIVITY: Rule(
        "What is done, grown, made, sold or stolen, how much, how, and with what trend; a market's size or standing.",
        "‘Illegal fishing has doubled.’",
        "Not if it moves from place to place (flow), nor if the point is who does it (actor).",
    ),
    Nature.FLOW: Rule(
        "Goods, money or people move between places, or a place is said to be an origin, transit or destination.",
        "‘Timber leaves by river for the coast.’",
        "Groups that are ‘from’ a country (actor). Moving online (activity).",
    ),
    Nature.ACTOR: Rule(
        "Who does it, how they are organized, how strong they are, with or against whom they work.",
        "‘Clans from two valleys share the trade.’",
        "Officials who let it happen are actors too where the sentence is about them; a state that acts against crime"
        " is a response.",
    ),
    Nature.IMPACT: Rule(
        "What it does to people, communities, nature, institutions or the economy, violence included.",
        "‘Rivers are poisoned downstream.’",
        "How offenders coerce the people they exploit is activity.",
    ),
    Nature.RESPONSE: Rule(
        "What the state, courts, civil society or partners abroad do about it, well or badly: laws, policies, seizures,"
        " raids, funding, treaties, and failings of them.",
        "‘A new unit was set up, but it lacks staff.’",
        "A seizure told only to show how much is traded is still a response.",
    ),
    Nature.CONTEXT: Rule(
        "A condition or cause that is itself no crime: demand, informality, terrain, lack of data, mistrust, politics.",
        "‘Most jobs are informal, which makes it easy.’",
        "A weakness of the state's response is a response, not context.",
    ),
}

HEDGE_RULES: Mapping[Hedge, Rule] = {
    Hedge.STATED: Rule(
        "Said flatly, however strong or vague. The default.", "‘Peru is a hub.’", "‘Often’ or ‘many’ are no hedges."
    ),
    Hedge.REPORTED: Rule(
        "The sentence itself says that it is reported, known, recorded or identified by somebody, or that people ‘have"
        " been implicated’, ‘linked’ or ‘involved’ according to investigations.",
        "‘Officers have been implicated.’",
        "A seizure or an arrest that is simply told (stated).",
    ),
    Hedge.ESTIMATED: Rule(
        "A figure, rank or share that the sentence itself presents as a study's, an estimate or a ranking.",
        "‘Studies put it at millions.’",
        "A figure or rank said flatly (stated).",
    ),
    Hedge.ALLEGED: Rule(
        "An accusation or allegation: accused, alleged, facing charges, allegations of.",
        "‘Shops are accused of selling it.’",
        "‘Implicated’ (reported).",
    ),
    Hedge.POTENTIAL: Rule(
        "A possibility, risk, concern, threat or plan: may, could, potentially, raises concerns, proposed, planned.",
        "‘There is concern that it may enter by sea.’",
        "A law that has been passed (stated), even if its effects are feared: the effects are potential.",
    ),
}

ROLE_RULES: Mapping[Role, Rule] = {
    Role.LOCATION: Rule("Something happens or is there.", "‘Mines in X.’", "The end of a flow."),
    Role.ORIGIN: Rule("A flow starts there.", "‘From X to Y’: X.", "Where groups come from (nationality)."),
    Role.TRANSIT: Rule("A flow passes through or across it.", "‘Through X.’", "Where it ends."),
    Role.DESTINATION: Rule("A flow ends there.", "‘Bound for Y.’", "A stop on the way (transit)."),
    Role.SOURCE_OF_GOODS: Rule("Goods are from there, though the flow is not told.", "‘X's cigarettes.’", "Origin."),
    Role.NATIONALITY: Rule("People or groups are of that country or area.", "‘A Y gang.’", "Where they act."),
    Role.PARTNER: Rule("It helps, funds, trains or has treaties with Peru.", "‘With aid of X.’", "A criminal partner."),
}
