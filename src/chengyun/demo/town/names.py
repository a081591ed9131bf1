"""Invented names: streets, compounds, villages, water. Every name is made by joining syllables; none is looked up."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from chengyun.demo.town.plane import generator, pick

# Syllables of street names; the two parts are joined at random.
FIRST = "云栖锦清芳翠兰梧枫霞澄沁砚墨琴棠荷菱芦苇桂榆柏溪汀渡虹霁晴岚筠蕙菁瑶珩璟曦昀泽润瀚"
SECOND = "岸霞川原桥庭林泉汀溪湖湾畔洲源塘台山亭园渠堰陵城门阳明和安宁康祥瑞平盛丰华景浦岭谷"
VILLAGE_FIRST, VILLAGE_SECOND = "芦草新南北横杨荻柳葑石沙苇荷", "泾荡渡塍圩溇湾汇桥漕渎沟浦埭"
HAMLETS = ("家宅", "家浜", "家桥", "家塘", "家库", "家角")
SURNAMES = "陆沈顾姚严吴朱康曹徐钱瞿奚龚乔"
RIVERS = ("塘", "浦", "港")
CREEKS = ("浜", "泾", "港", "溇", "沟", "漕")
ESTATES = {
    "old": ("新村", "一村", "二村", "三村", "四村", "小区"),
    "nineties": ("公寓", "小区", "新苑", "坊", "家园", "苑"),
    "garden": ("花园", "佳苑", "家苑", "雅苑", "花苑", "景苑"),
    "slab_high": ("名苑", "华庭", "雅居", "名邸", "公馆"),
    "tower": ("湾", "城", "华府", "天地", "时代", "名都"),
    "villa": ("别墅", "庄园", "墅", "水岸", "山庄"),
}
REAL = {"柏林", "泽安", "锦江"}  # joined by chance, but known from elsewhere
OTHER_TOWNS = (
    ("云岸镇", "Yun'an"), ("澄湖镇", "Chenghu"), ("栖塘镇", "Qitang"), ("兰溪浦镇", "Lanxipu"), ("梧汀镇", "Wuting"),
    ("锦陂镇", "Jinpi"), ("芦渡镇", "Ludu"), ("榆洲镇", "Yuzhou"), ("菱湾镇", "Lingwan"), ("砚浜镇", "Yanbang"),
)  # fmt: skip


@dataclass
class Namer:
    """Gives each name out once."""

    seed: int
    town: str  # the town's own stem: 云岸
    used: set[str] = field(default_factory=set)

    def stems(self, purpose: str) -> Iterator[str]:
        """Endless two-syllable stems, different for each purpose."""
        rng = generator(self.seed, "names", purpose)
        while True:
            stem = pick(rng, FIRST) + pick(rng, SECOND)
            if stem[0] != stem[1] and stem not in self.used | REAL:
                self.used.add(stem)
                yield stem

    def estate(self, style: str, stem: str, rng: np.random.Generator) -> str:
        """A compound's name in the fashion of its style; never the same twice."""
        for _ in range(40):
            name = stem + pick(rng, ESTATES[style])
            if name not in self.used:
                self.used.add(name)
                return name
        name = f"{stem}第{len(self.used)}小区"
        self.used.add(name)
        return name

    def village(self, rng: np.random.Generator) -> str:
        """A village's stem, never the same twice."""
        while True:
            name = pick(rng, VILLAGE_FIRST) + pick(rng, VILLAGE_SECOND)
            if name not in self.used:
                self.used.add(name)
                return name

    def hamlet(self, rng: np.random.Generator) -> str:
        """A hamlet's name after an old family name, as they are; never the same twice."""
        for _ in range(80):
            name = pick(rng, SURNAMES) + pick(rng, HAMLETS)
            if name not in self.used:
                self.used.add(name)
                return name
        return self.hamlet_numbered(rng)

    def hamlet_numbered(self, rng: np.random.Generator) -> str:
        """A hamlet named by place and family, for when the plain names are used up."""
        name = pick(rng, "东西南北") + pick(rng, SURNAMES) + pick(rng, HAMLETS)
        self.used.add(name)
        return name


def numeral(number: int) -> str:
    """A number from 1 to 99 in Chinese: 12 is 十二."""
    digits = "零一二三四五六七八九"
    if number < 10:
        return digits[number]
    tens, ones = divmod(number, 10)
    return (digits[tens] if tens > 1 else "") + "十" + (digits[ones] if ones else "")
