"""Rows as GeoJSON text, built from WKB by Shapely's own writer."""

import json
from collections.abc import Iterable
from typing import Any

import numpy as np
import shapely


def collection(features: Iterable[tuple[Any, dict[str, Any]]]) -> str:
    """A FeatureCollection of (geometry, properties); properties["id"] becomes the feature's id too."""
    pairs = list(features)
    shapes = np.empty(len(pairs), dtype=object)
    shapes[:] = [shape for shape, _ in pairs]
    texts = shapely.to_geojson(shapely.set_precision(shapes, 1e-7) if pairs else shapes)
    parts = [
        f'{{"type":"Feature","id":{json.dumps(props.get("id"))},"geometry":{text or "null"},'
        f'"properties":{json.dumps(props, ensure_ascii=False)}}}'
        for text, (_, props) in zip(texts, pairs, strict=True)
    ]
    return '{"type":"FeatureCollection","features":[' + ",".join(parts) + "]}"
