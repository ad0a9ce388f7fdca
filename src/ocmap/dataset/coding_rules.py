"""The rules of coding: for each field and value when it applies, with an example and a counterexample.

They are data, from which the codebook is generated. All examples are invented; none is quoted from the source.
"""

from collections.abc import Mapping
from typing import NamedTuple

from ocmap.dataset.schema import Hedge, Nature, Role


class CodingRule(NamedTuple):
    """When a value applies, an example, and a case that is often mistaken for it."""

    rule: str
    example: str
    counter: str


FIELD_RULES: Mapping[str, CodingRule] = {
    "statement": CodingRule(
        "One thing that a sentence asserts and that could be true or false by itself. Split a sentence where the"
        " places, the actors, the hedge, the nature or the markets of its parts differ; otherwise keep it whole. An"
        " enumeration (of goods, of groups, of methods) is one statement. A cause, a purpose or a ‘despite’ is a"
        " statement of its own only if it has a verb of its own.",
        "‘Gold leaves by road, and officers are said to look away’: two statements, since hedge and nature differ.",
        "‘Trucks, vans and buses carry it’: one statement, not three.",
    ),
    "markets": CodingRule(
        "Every one of the 15 markets that the sentence itself speaks of, whatever its heading: the heading's own market"
        " always, if the heading is a market, and each other one that it mentions as a crime. A group's id (`drugs`,"
        " `environment` …) where the sentence speaks of the group as such: ‘drugs’, ‘drug trafficking’,"
        " ‘environmental crime’; a market that it gives as an example of the group is coded beside it. Blank where it"
        " speaks of organized crime, or of ‘trafficking’, in general.",
        "‘Gangs that run mines also traffic women’, under mining: non_renewable and human_trafficking.",
        "‘Forced labour in mines and on farms’: human_trafficking alone; a sector, a crop or a good that only sets the"
        " scene is no market, nor is coca beside another crop. Money"
        " laundering, contract killing, corruption, protest and gambling are none of the 15 markets; do not force them"
        " into one. Wildlife is fauna, timber and logging flora, gold and mining non_renewable; firearms are arms only"
        " where offenders trade, smuggle, make or hold them, and not where the state traces them. Phishing and false"
        " money are financial.",
    ),
    "places": CodingRule(
        "Every place that the sentence itself names, under any of the names in `aliases` of places.csv, once for each"
        " role that it has. Adjectives count: a ‘Colombian’ group names CO as a nationality. A border that is named by"
        " its neighbour is that corridor; borders without a neighbour are `borders`; ‘border regions’ too. @COUNTRY as"
        " such is coded only where the sentence makes it the origin, transit or destination of a flow, or an exporter."
        " A border that goods cross is transit. @PLACES",
        "@EXAMPLE ‘Sent to Asia’: asia, destination.",
        "A place of the sentence before, or one that follows from geography. A place that merely defines another (‘X,"
        " which borders Y’). ‘@PEOPLE groups’ and ‘@COUNTRY's police’ code no place. A currency or a"
        " language is no place."
        " The state's tasks (‘border control’, ‘border security’) and the names of bodies (‘the X Centre for the"
        " Caribbean’) code no place; nor does a foreign state that merely judges @COUNTRY. A demonym, of migrants and"
        " victims too, is a nationality and nothing else; ‘@PEOPLE’ goods code no place."
        " Where isolated peoples, victims or informants are spoken of, their whereabouts are not coded.",
    ),
    "actors": CodingRule(
        "Every group of offenders that the sentence names: an organization by its name, a nationality of groups"
        " (‘Brazilian gangs’), or a kind of offender (‘foreign groups’, ‘timber bosses’, ‘officials’ who take bribes)."
        " If it names several, all of them; ‘foreign groups, including X’ names both the kind and X, and a phrase"
        " with two qualities (‘loose domestic networks’) takes both. What a statement's text names, its actors name:"
        " a list, with its nationalities, goes with every part of a sentence that it acts in.",
        "‘Local and foreign gangs, among them X’: local-groups, foreign-groups and X. ‘These groups carry it’: those of"
        " the sentence before, whom the statement's text names too.",
        "Victims and migrants. State bodies that act against crime, or merely fail at their task. Those of whom it is"
        " only said that they are investigated. A bare ‘criminal groups’, ‘organizations’, ‘syndicates’ or ‘networks’"
        " without any quality, unless it stands under an actor type, which then is its quality. A body that is said to"
        " suffer from corruption: its members are coded where they act. Never a person, nor an office that one person"
        " holds.",
    ),
    "ties": CodingRule(
        "Each pair of the statement's actors of whom the sentence itself says that they work together (cooperate,"
        " collaborate, produce or carry for each other, belong to one network) or against each other (are rivals,"
        " compete, fight). Where it says it of a kind and names examples, every one of them is a tie; where it says"
        " both, two ties. A phrase with two qualities is one partner, tied as the kind that it names first. The market"
        " is the one in which the sentence or its heading says so, blank where neither names one.",
        "‘Local networks buy from X and from other foreign groups’: local-groups with X, local-groups with"
        " foreign-groups.",
        "Actors that merely stand in one enumeration (‘local and foreign gangs dominate the trade’). ‘Foreign gangs,"
        " among them X’: X is one of them, not tied to them; nor is a network tied to its members, who are tied to each"
        " other. Two partners of a third are not tied to each other."
        " Clashes with the police, with communities or with firms that do no wrong. Help to ‘crime’ as such.",
    ),
    "routes": CodingRule(
        "Each flow whose sentence names a particular place other than @COUNTRY as origin, transit or"
        " destination: another"
        " country, a part of the world, a region, a border, a coast. For several origins or destinations, a route"
        " each, a wider area and the examples that it names too; so where @COUNTRY is origin and transit of one flow."
        " Rivers and roads that it follows are its mode and path, not points. An end that the sentence leaves open is"
        " left out; at least one end is there. A point is named if the statement has the place in the same role. It is"
        " inferred if it follows only from the profile's subject (what is exported leaves @COUNTRY) or from the"
        " nationality of those who move. The market is blank if neither the sentence nor its heading names one, or"
        " only a group of markets.",
        "‘Much of it is shipped to Asia’: destination asia, named; origin open, as goods may come from elsewhere."
        " ‘Exporters send it to Asia’: origin @ID, inferred.",
        "Flows of which the sentence names only @COUNTRY (‘a source country’), its borders in general, or a"
        " wider area to"
        " which @COUNTRY belongs: they are statements, and the absence of a line is not the absence of a claim.",
    ),
    "indicators": CodingRule(
        "For a sentence under a resilience indicator: that one. Besides, each other indicator whose own subject the"
        " sentence speaks of: police and special units law_enforcement; courts, prosecutors and prisons judiciary; laws"
        " and national policies policies_laws; corruption of government transparency; border control"
        " territorial_integrity; money laundering aml; treaties and foreign partners cooperation.",
        "‘Police raid markets, but little changes’, under a market: law_enforcement.",
        "‘Corruption’ as a cause inside a sentence on something else does not add transparency unless public office is"
        " what the sentence is about.",
    ),
}

NATURE_RULES: Mapping[Nature, CodingRule] = {
    Nature.FLOW: CodingRule(
        "First question: does it say that goods, money or people move between places, or that a place is an origin,"
        " transit, destination or exporter? Then flow, whoever moves them.",
        "‘Timber leaves by river for the coast.’",
        "Groups that are ‘from’ a country. Moving online. Smuggling ‘along a border’ without ends (activity). People"
        " who merely leave because of a measure (response, or impact).",
    ),
    Nature.ACTOR: CodingRule(
        "Second: is its subject a kind of offender, a named group, or officials and authorities who commit, ignore,"
        " obstruct or profit, and does it say who they are, how they are organized, how strong they are, or what they"
        " do? Then actor.",
        "‘Clans from two valleys share the trade.’ ‘Officers look away for money.’",
        "Corruption or crime as the subject, without saying whose (activity). Bare ‘criminal groups’ that merely do"
        " what the market is (activity).",
    ),
    Nature.RESPONSE: CodingRule(
        "Third: does it say what the state, its laws, bodies, measures or budgets, civil society or partners abroad do,"
        " have, lack or fail at? Under a resilience indicator this holds for everything that a public body or a law"
        " does or is, crime or not, the porosity of borders and control of prisons included. Then response.",
        "‘A new unit was set up, but it lacks staff.’ ‘Budgets are no longer published.’",
        "A law that offenders exploit, mentioned to explain the crime, is still a response.",
    ),
    Nature.IMPACT: CodingRule(
        "Fourth: does it describe harm: to people, communities, nature, institutions, trust or the economy, or violence"
        " against anybody? Then impact.",
        "‘Rivers are poisoned downstream.’ ‘Migrants are attacked.’",
        "Exploitation itself, who is exploited and how they are coerced: that is the market (activity).",
    ),
    Nature.ACTIVITY: CodingRule(
        "Fifth: does it describe a crime itself: what is done, grown, made, sold or stolen, against whom, how much,"
        " how, with what trend or standing? Corruption that is said to be widespread is one. Then activity.",
        "‘Illegal fishing has doubled.’ ‘Graft pervades the ports.’",
        "A challenge ‘for the country’ is the market's standing, hence activity and not impact.",
    ),
    Nature.CONTEXT: CodingRule(
        "What is left: a condition or cause that is itself no crime, no harm and nobody's doing: demand, informality,"
        " terrain, culture, lack of data, public opinion, the rating of the country by an outside body, politics at"
        " large.",
        "‘Most jobs are informal, which makes it easy.’",
        "A weakness of the state (response).",
    ),
}

HEDGE_RULES: Mapping[Hedge, CodingRule] = {
    Hedge.STATED: CodingRule(
        "Said flatly, however strong or vague. The default.", "‘@COUNTRY is a hub.’", "‘Often’ or ‘many’ are no hedges."
    ),
    Hedge.REPORTED: CodingRule(
        "The sentence itself says that it is reported or recorded, or gives it as a view or finding of somebody"
        " (citizens, opponents, a foreign state, an outside body), or says that people ‘have been implicated’ or that"
        " investigations ‘link’ them.",
        "‘Officers have been implicated.’",
        "A seizure or an arrest without more. ‘Reported’ as an adjective of what is counted (‘reported thefts’)."
        " A flat ‘are involved’, or ‘are known to’, which is no weaker. All stated.",
    ),
    Hedge.ESTIMATED: CodingRule(
        "A figure, rank or share that the sentence itself presents as a study's, an estimate or a ranking.",
        "‘Studies put it at millions.’",
        "A figure or rank said flatly (stated).",
    ),
    Hedge.ALLEGED: CodingRule(
        "An accusation: accused of, alleged to, facing charges. What is hedged is the assertion, not a noun in it:"
        " allegations that have effects are stated.",
        "‘Shops are accused of selling it.’",
        "‘Implicated’ (reported).",
    ),
    Hedge.POTENTIAL: CodingRule(
        "A possibility, risk, concern, threat or plan: may, could, potentially, raises concerns, proposed, planned.",
        "‘There is concern that it may enter by sea.’",
        "A law that has been passed (stated), even if its effects are feared: the effects are potential. ‘Concerns’ as"
        " a noun (stated).",
    ),
}

ROLE_RULES: Mapping[Role, CodingRule] = {
    Role.LOCATION: CodingRule("Something happens or is there.", "‘Mines in X.’", "The end of a flow."),
    Role.ORIGIN: CodingRule("A flow starts there.", "‘From X to Y’: X.", "Where groups come from (nationality)."),
    Role.TRANSIT: CodingRule("A flow passes through or across it.", "‘Through X.’", "Where it ends."),
    Role.DESTINATION: CodingRule("A flow ends there.", "‘Bound for Y.’", "A stop on the way (transit)."),
    Role.SOUGHT: CodingRule(
        "People look for a way there, though no flow is said to reach it.", "‘Some try for Y.’", "Destination."
    ),
    Role.SOURCE_OF_GOODS: CodingRule(
        "Goods are from there, though their route is not given.",
        "‘X's cigarettes.’",
        "‘Sourced from X’ and exported by Y: a flow from X (origin) through Y (transit).",
    ),
    Role.NATIONALITY: CodingRule("People or groups are of that country or area.", "‘A Y gang.’", "Where they act."),
    Role.PARTNER: CodingRule(
        "It helps, funds, trains or has treaties with @COUNTRY.", "‘With aid of X.’", "A criminal partner; a critic."
    ),
}
