namespace NeuralNet;

/// <summary>The style sheet of a report: light and dark as the reader's screen is, light on paper.</summary>
internal static class HtmlStyle
{
    public static string Css => $$"""
        :root{--paper:#FFFFFF;--ground:#F4F5F7;--ink:{{Palette.Ink}};--muted:#5B616B;--line:#DFE2E7;--accent:#005C99}
        *{box-sizing:border-box}
        body{margin:0;background:var(--ground);color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,Helvetica,Arial,sans-serif}
        main{max-width:1120px;margin:0 auto;padding:28px 20px 48px}
        h1{font-size:26px;line-height:1.25;margin:0 0 6px}
        h2{font-size:18px;line-height:1.3;margin:0 0 12px}
        p{margin:0 0 12px;max-width:75ch}
        nav{margin:0 0 18px;font-size:14px}
        nav a{display:inline-block;margin-right:16px;color:var(--accent);text-decoration:none}
        nav a:hover{text-decoration:underline}
        section{background:var(--paper);border:1px solid var(--line);border-radius:10px;padding:18px 20px;margin:18px 0}
        section>:last-child{margin-bottom:0}
        .cards{display:grid;grid-template-columns:repeat(auto-fill,minmax(220px,1fr));gap:12px;margin:16px 0;padding:0}
        .cards div{background:var(--paper);border:1px solid var(--line);border-radius:10px;padding:11px 14px;break-inside:avoid}
        .cards dt{color:var(--muted);font-size:13px}
        .cards dd{margin:2px 0 0;font-size:21px;line-height:1.25;font-weight:600;overflow-wrap:anywhere}
        .flow{display:flex;flex-wrap:wrap;gap:6px 14px;align-items:flex-end}
        figure{margin:0 0 8px;max-width:100%;break-inside:avoid}
        figure svg,figure img{display:block;max-width:100%;height:auto}
        figure img{border-radius:6px}
        figcaption{color:var(--muted);font-size:13px;margin:4px 0 0}
        .wide{overflow-x:auto;margin:0 0 12px}
        table{border-collapse:collapse;font-size:14px;font-variant-numeric:tabular-nums}
        th,td{padding:4px 18px 4px 0;text-align:left;border-bottom:1px solid var(--line);vertical-align:top}
        th{color:var(--muted);font-weight:600}
        td.number,th.number{text-align:right;white-space:nowrap}
        tr{break-inside:avoid}
        pre{margin:0 0 12px;padding:12px 14px;background:var(--ground);border-radius:8px;overflow-x:auto;font:13px/1.45 ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace}
        details{margin:4px 0 8px}
        summary{cursor:pointer;color:var(--accent);font-size:14px;padding:2px 0}
        details[open]>summary{margin-bottom:10px}
        @media screen and (prefers-color-scheme:dark){
        :root{--paper:{{Palette.DarkPaper}};--ground:#131519;--ink:{{Palette.DarkInk}};--muted:{{Palette.DarkMuted}};--line:{{Palette.DarkGrid}};--accent:#6CB6EE}
        {{Palette.DarkRules("figure svg")}}}
        @media print{
        :root{--ground:#FFFFFF}
        @page{margin:14mm}
        body{font-size:12px}
        main{max-width:none;padding:0}
        nav{display:none}
        section{border:0;padding:0;margin:0 0 18px}
        pre{border:1px solid var(--line);white-space:pre-wrap}
        h2{break-after:avoid}
        details::details-content{content-visibility:visible;height:auto}
        }

        """;
}
