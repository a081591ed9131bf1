"""Charts as Word's own (DrawingML), with the numbers in a workbook inside: whoever opens the report edits them."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from openpyxl import Workbook

from chengyun.kernel.tables import MIMES

CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
PACKAGE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/package"
EMU = 360_000  # to the centimetre
_NAMESPACES = (
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)


@dataclass(frozen=True)
class Series:
    """A row of numbers, one for each category, in a colour (RRGGBB). `colours` colours each point of a pie."""

    name: str
    values: Sequence[float]
    colour: str = "2F6FB2"
    colours: Sequence[str] = ()


@dataclass(frozen=True)
class Chart:
    """`kind`: bar (lying, stacked), column (stacked) or pie."""

    kind: str
    title: str
    categories: Sequence[str]
    series: Sequence[Series]
    width: float = 15.5
    height: float = 7.5


def add_chart(document: Document, chart: Chart) -> None:
    """Put a chart into a paragraph of its own at the end of the document. Sizes in centimetres."""
    package = document.part.package
    number = 1 + sum(str(p.partname).startswith("/word/charts/chart") for p in package.iter_parts())
    part = Part(PackURI(f"/word/charts/chart{number}.xml"), CHART_TYPE, b"", package)
    book = Part(PackURI(f"/word/embeddings/chart{number}.xlsx"), MIMES[".xlsx"], _workbook(chart), package)
    part._blob = _chart_xml(chart, part.relate_to(book, PACKAGE)).encode()
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.add_run()._r.append(parse_xml(_drawing(chart, number, document.part.relate_to(part, RT.CHART))))


def _workbook(chart: Chart) -> bytes:
    book = Workbook()
    sheet = book.active
    sheet.append(["", *(s.name for s in chart.series)])
    for place, category in enumerate(chart.categories):
        sheet.append([category, *(s.values[place] for s in chart.series)])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _drawing(chart: Chart, number: int, relation: str) -> str:
    wide, high = int(chart.width * EMU), int(chart.height * EMU)
    title = escape(chart.title, {'"': "&quot;"})
    return (
        '<w:drawing xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
        'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
        f'{_NAMESPACES}><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{wide}" cy="{high}"/>'
        f'<wp:docPr id="{1000 + number}" name="chart{number}" descr="{title}"/><wp:cNvGraphicFramePr/>'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart">'
        f'<c:chart r:id="{relation}"/></a:graphicData></a:graphic></wp:inline></w:drawing>'
    )


def _chart_xml(chart: Chart, workbook: str) -> str:
    plot = _pie(chart) if chart.kind == "pie" else _bars(chart)
    legend = '<c:legend><c:legendPos val="b"/><c:overlay val="0"/></c:legend>'
    font = '<a:latin typeface="宋体"/><a:ea typeface="宋体"/>'
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><c:chartSpace {_NAMESPACES}>'
        '<c:date1904 val="0"/><c:roundedCorners val="0"/><c:chart><c:title><c:tx><c:rich><a:bodyPr/><a:p><a:pPr>'
        f'<a:defRPr sz="1200" b="1">{font}</a:defRPr></a:pPr><a:r><a:rPr lang="zh-CN" sz="1200" b="1">{font}</a:rPr>'
        f'<a:t>{escape(chart.title)}</a:t></a:r></a:p></c:rich></c:tx><c:overlay val="0"/></c:title>'
        f'<c:autoTitleDeleted val="0"/><c:plotArea><c:layout/>{plot}</c:plotArea>{legend}'
        '<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        f'<c:txPr><a:bodyPr/><a:p><a:pPr><a:defRPr sz="900">{font}</a:defRPr></a:pPr><a:endParaRPr lang="zh-CN"/>'
        f'</a:p></c:txPr><c:externalData r:id="{workbook}"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
    )


def _bars(chart: Chart) -> str:
    lying = chart.kind == "bar"
    rows = "".join(_series(chart, n, s) for n, s in enumerate(chart.series))
    grouping = "stacked" if chart.kind in ("bar", "column") else "clustered"
    order = '<c:scaling><c:orientation val="maxMin"/></c:scaling>' if lying else "<c:scaling/>"
    overlap = '<c:overlap val="100"/>' if grouping == "stacked" else ""
    return (
        f'<c:barChart><c:barDir val="{"bar" if lying else "col"}"/><c:grouping val="{grouping}"/>'
        f'<c:varyColors val="0"/>{rows}<c:gapWidth val="60"/>{overlap}<c:axId val="1001"/><c:axId val="1002"/>'
        f'</c:barChart><c:catAx><c:axId val="1001"/>{order}<c:delete val="0"/><c:axPos val="{"l" if lying else "b"}"/>'
        '<c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/>'
        '<c:tickLblPos val="nextTo"/><c:crossAx val="1002"/></c:catAx><c:valAx><c:axId val="1002"/>'
        '<c:scaling><c:min val="0"/></c:scaling>'
        f'<c:delete val="0"/><c:axPos val="{"b" if lying else "l"}"/><c:majorGridlines><c:spPr><a:ln w="6350">'
        '<a:solidFill><a:srgbClr val="D9D9D9"/></a:solidFill></a:ln></c:spPr></c:majorGridlines>'
        '<c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/>'
        f'<c:tickLblPos val="nextTo"/><c:crossAx val="1001"/><c:crosses val="{"max" if lying else "autoZero"}"/>'
        f"{_unit(chart)}</c:valAx>"
    )


def _unit(chart: Chart) -> str:
    """Whole steps where few things are counted: nobody does half a task."""
    highest = max((sum(s.values[n] for s in chart.series) for n in range(len(chart.categories))), default=0.0)
    return '<c:majorUnit val="1"/>' if 0 < highest <= 10 else ""


def _pie(chart: Chart) -> str:
    labels = (
        '<c:dLbls><c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="1"/><c:showSerName val="0"/>'
        '<c:showPercent val="1"/><c:showBubbleSize val="0"/></c:dLbls>'
    )
    return (
        f'<c:pieChart><c:varyColors val="1"/>{_series(chart, 0, chart.series[0], labels)}'
        '<c:firstSliceAng val="0"/></c:pieChart>'
    )


def _series(chart: Chart, number: int, series: Series, labels: str = "") -> str:
    column = chr(ord("B") + number)
    last = len(chart.categories) + 1
    points = "".join(
        f'<c:dPt><c:idx val="{n}"/><c:bubble3D val="0"/><c:spPr>{_fill(colour)}</c:spPr></c:dPt>'
        for n, colour in enumerate(series.colours)
    )
    categories = "".join(f'<c:pt idx="{n}"><c:v>{escape(str(c))}</c:v></c:pt>' for n, c in enumerate(chart.categories))
    values = "".join(f'<c:pt idx="{n}"><c:v>{v}</c:v></c:pt>' for n, v in enumerate(series.values))
    count = f'<c:ptCount val="{len(chart.categories)}"/>'
    return (
        f'<c:ser><c:idx val="{number}"/><c:order val="{number}"/><c:tx><c:strRef><c:f>Sheet!${column}$1</c:f>'
        f'<c:strCache><c:ptCount val="1"/><c:pt idx="0"><c:v>{escape(series.name)}</c:v></c:pt></c:strCache>'
        f"</c:strRef></c:tx><c:spPr>{_fill(series.colour)}</c:spPr>{points}{labels}"
        f"<c:cat><c:strRef><c:f>Sheet!$A$2:$A${last}</c:f><c:strCache>{count}{categories}</c:strCache></c:strRef>"
        f"</c:cat><c:val><c:numRef><c:f>Sheet!${column}$2:${column}${last}</c:f><c:numCache>"
        f"<c:formatCode>General</c:formatCode>{count}{values}</c:numCache></c:numRef></c:val></c:ser>"
    )


def _fill(colour: str) -> str:
    return f'<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>'
