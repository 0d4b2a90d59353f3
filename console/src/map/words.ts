import { bothLanguages } from '../frame/words.ts';

declare module '../frame/words.ts' {
  interface Rooms {
    map: typeof mapWords.zh;
  }
}

const mapWords = bothLanguages('map', {
  zh: {
    'zoom.in': '放大',
    'zoom.out': '缩小',
    'zoom.all': '看全国',
    keys: '地图：方向键移动，加减号缩放，0 键看全国',
    schematic: '底图为示意图，仅供定位参考，没有审图号。',
    noOutline: '没有底图文件，只按经纬度标位置。',
    others: '此处另有 {{n}} 处，放大可见',
    hubs: '逐处查看',
    'hubs.text': '上下键逐处查看，最紧的在先；回车选定',
    'hubs.at': '第 {{n}} 处，共 {{all}} 处',
    legend: '图例',
    'legend.fill': '圆：在库量占场地库容',
    'legend.lanes': '线：负荷占能力，越宽流量越大',
    'step.0': '七成以下',
    'step.1': '七成起',
    'step.2': '九成起',
    'step.3': '超过',
    'step.4': '未知',
    'mark.over': '爆仓',
    'mark.warned': '有预警',
    'mark.stale': '数据陈旧',
    'mark.several': '几处合为一圆，显示最紧的一处',
    noCanvas: '这个浏览器画不了地图，请更新浏览器；各处的数字见列表。',
  },
  en: {
    'zoom.in': 'Zoom in',
    'zoom.out': 'Zoom out',
    'zoom.all': 'Show the nation',
    keys: 'Map: arrow keys move, plus and minus zoom, 0 shows the nation',
    schematic: 'The map is schematic, for orientation only, without an approval number.',
    noOutline: 'There is no file of outlines: positions by longitude and latitude only.',
    others: '{{n}} more here: zoom in to see them',
    hubs: 'One by one',
    'hubs.text': 'Up and down go from hub to hub, the fullest first; Enter chooses',
    'hubs.at': '{{n}} of {{all}}',
    legend: 'Legend',
    'legend.fill': 'Circles: stock over floor',
    'legend.lanes': 'Lines: load over capacity, wider with flow',
    'step.0': 'below 70%',
    'step.1': 'from 70%',
    'step.2': 'from 90%',
    'step.3': 'over',
    'step.4': 'not known',
    'mark.over': 'overflow',
    'mark.warned': 'warning in force',
    'mark.stale': 'stale',
    'mark.several': 'several in one circle: the fullest is shown',
    noCanvas: 'This browser cannot draw the map: please update it. The figures are in the lists.',
  },
});
