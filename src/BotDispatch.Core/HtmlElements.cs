using System.Collections.Frozen;

namespace BotDispatch.Core;

/// <summary>The elements of HTML. Other text in angle brackets, such as the name of a device or a valve, is left as it is.</summary>
/// <remarks>
/// https://html.spec.whatwg.org/multipage/indices.html#elements-3, its obsolete elements, the elements that Office writes, and those that
/// Teams adds.
/// </remarks>
public static class HtmlElements
{
    static readonly FrozenSet<string> Blocks = Names(
        "address article aside blockquote body br caption center col colgroup dd details dialog dir div dl dt fieldset figcaption "
        + "figure footer form frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html legend li main menu nav ol optgroup option p "
        + "pre search section select summary table tbody td tfoot th thead title tr ul codeblock");

    static readonly FrozenSet<string> Others = Names(
        "a abbr acronym area audio b base basefont bdi bdo big button canvas cite code data datalist del dfn em embed font frame "
        + "i iframe img input ins kbd label link map mark meta meter noframes noscript object output param picture progress q rp rt "
        + "ruby s samp script slot small source span strike strong style sub sup svg template textarea time track tt u var video "
        + "wbr at attachment emoji readonly systemeventmessage");

    // These names are words, or so short that a comparison (a<b) looks like a tag. Alone and without attributes they may be meant
    // literally.
    static readonly FrozenSet<string> Words = Names(
        "a address area article aside audio b base big body button canvas caption center cite code col data del details dialog "
        + "dir embed emoji figure font footer form frame head header i input ins label legend link main map mark menu meta meter "
        + "object option output param picture progress q readonly ruby s search section select slot small source strike strong "
        + "style sub summary sup table template time title track u var video at attachment script");

    static readonly FrozenSet<string> Crossing = Names("s del strike");

    /// <summary>Whether an element has this name, in upper or lower case.</summary>
    public static bool IsKnown(string name) => Blocks.Contains(name) || Others.Contains(name) || IsOffice(name);

    /// <summary>Whether the element begins and ends on a line of its own.</summary>
    public static bool EndsALine(string name) => Blocks.Contains(name);

    /// <summary>Whether the words of the element are crossed out, so that they do not hold any more.</summary>
    public static bool CrossesOut(string name) => Crossing.Contains(name);

    /// <summary>Whether a tag of that name without attributes counts as a tag only if the text also contains its partner.</summary>
    public static bool NeedsPartner(string name) => Words.Contains(name);

    // <o:p>, <w:WordDocument>, <st1:place>: https://learn.microsoft.com/openspecs/ie_standards/ms-html51
    static bool IsOffice(string name) =>
        name.Split(':') is ["o" or "w" or "v" or "m" or "x" or "st1" or "O" or "W" or "V", { Length: > 0 }];

    static FrozenSet<string> Names(string names) => names.Split(' ').ToFrozenSet(StringComparer.OrdinalIgnoreCase);
}
