"""What places offer to be measured: facilities, buildings, compounds, areas, streets, green and water; people, land."""

from chengyun.kernel.measures import offer
from chengyun.places.measures.areas import AREAS, COMMUNITIES, COMPOUNDS
from chengyun.places.measures.buildings import BUILDINGS
from chengyun.places.measures.facilities import facilities
from chengyun.places.measures.ground import GREEN_COVER, GROUNDS, LAND
from chengyun.places.measures.people import PEOPLE
from chengyun.places.measures.streets import STREETS

offer(facilities(), BUILDINGS, COMPOUNDS, COMMUNITIES, AREAS, STREETS, GROUNDS, PEOPLE, LAND, GREEN_COVER)
