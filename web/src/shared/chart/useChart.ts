import { BarChart, LineChart } from "echarts/charts";
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent } from "echarts/components";
import { init, use, type EChartsCoreOption, type EChartsType } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import { onScopeDispose, watch, type Ref } from "vue";
import { token, useTheme } from "@/shared/theme";

use([BarChart, LineChart, GridComponent, TooltipComponent, LegendComponent, AriaComponent, SVGRenderer]);

/** What every chart shares, read from the tokens: type, lines, tooltip. */
function themed(option: EChartsCoreOption): EChartsCoreOption {
  const size = 0.75 * parseFloat(getComputedStyle(document.documentElement).fontSize);
  const text = { color: token("text-3"), fontFamily: token("font"), fontSize: size };
  return {
    textStyle: text,
    color: [token("accent"), token("line-strong"), token("moving"), token("soon")],
    grid: { left: 8, right: 8, top: 2.4 * size, bottom: 4, containLabel: true },
    tooltip: {
      trigger: "axis",
      backgroundColor: token("surface"),
      borderColor: token("line"),
      textStyle: { color: token("text"), fontFamily: token("font"), fontSize: size },
    },
    aria: { enabled: true },
    animationDuration: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 300,
    ...option,
  };
}

/** Draws `option` in an element, follows its size and the theme. */
export function useChart(element: Readonly<Ref<HTMLElement | null>>, option: () => EChartsCoreOption): void {
  const theme = useTheme();
  let chart: EChartsType | null = null;
  const sizes = new ResizeObserver(() => chart?.resize());

  function draw(): void {
    if (!element.value) return;
    if (!chart) {
      chart = init(element.value, null, { renderer: "svg" });
      sizes.observe(element.value);
    }
    chart.setOption(themed(option()), { notMerge: true });
  }

  watch([element, option, theme], draw, { immediate: true, flush: "post" });
  onScopeDispose(() => {
    sizes.disconnect();
    chart?.dispose();
  });
}

/** Colours of the axes, for options that set axes of their own. */
export function axisLook(): { axisLine: object; splitLine: object; axisTick: object; axisLabel: { color: string; fontSize: number }; nameTextStyle: object } {
  const fontSize = 0.75 * parseFloat(getComputedStyle(document.documentElement).fontSize);
  return {
    axisLabel: { color: token("text-3"), fontSize },
    nameTextStyle: { color: token("text-3"), fontSize },
    axisLine: { lineStyle: { color: token("line") } },
    splitLine: { lineStyle: { color: token("line") } },
    axisTick: { show: false },
  };
}
