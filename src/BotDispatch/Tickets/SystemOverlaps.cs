using BotDispatch.Tickets.AnyHttp;

namespace BotDispatch.Tickets;

/// <summary>
/// Finds systems that would be taken for each other: the wrong ticket would be read aloud, and the wrong one would be written into.
/// </summary>
internal static class SystemOverlaps
{
    /// <summary>Returns a sentence for each two systems with the same name or with references of the same form.</summary>
    /// <remarks>
    /// Two systems of different kinds that have no name of their own may share a form, as they always could, unless they share a prefix:
    /// all of them are asked, and a ticket is the one's to whose pages its link leads.
    /// </remarks>
    public static IEnumerable<string> In(TicketSystems all)
    {
        var systems = all.All.Select(each => each.System).OfType<ITicketWriter>().ToList();
        for (var n = 1; n < systems.Count; n++)
            foreach (var earlier in systems.Take(n))
                if (Between(earlier, systems[n]) is { } fault)
                    yield return fault;
    }

    static string? Between(ITicketWriter one, ITicketWriter other)
    {
        if (one.Name.Equals(other.Name, StringComparison.OrdinalIgnoreCase))
            return $"{other.Settings.Section} is called {other.Name} as well as {one.Settings.Section}: give one of them another name.";
        var isNew = one.Settings.OwnName.Length > 0 || other.Settings.OwnName.Length > 0;
        if (one.Settings is HttpOptions first && other.Settings is HttpOptions second && BetweenPatterns((one, first), (other, second))
            is { } fault)
            return fault;
        foreach (var form in one.Forms)
            if (form.Sample is { } sample && FormOf(other, form, sample, isNew) is { } same)
                return Fault(form, one, same, other, sample);
        foreach (var form in other.Forms)
            if (form.Sample is { } sample && FormOf(one, form, sample, isNew) is { } same)
                return Fault(same, one, form, other, sample);
        return null;
    }

    // Whether two regular expressions fit one text is not computed: a reference of each is tried with the other.
    static string? BetweenPatterns((ITicketWriter System, HttpOptions Settings) one, (ITicketWriter System, HttpOptions Settings) other)
    {
        if (one.Settings.Pattern.Trim() == other.Settings.Pattern.Trim())
            return $"{other.Settings.Section}:Pattern is the same as {one.Settings.Section}:Pattern, so nobody could tell whose ticket a "
                + "reference is: write another pattern for one of them.";
        foreach (var (system, settings) in (ReadOnlySpan<(ITicketWriter, HttpOptions)>)[one, other])
            if (system.Forms.All(each => each.Sample is null))
                return $"{settings.Section}:Example is missing: with several systems of kind Http, write one reference that Pattern "
                    + "matches, as TKT-1234, so that it can be tried with the patterns of the others.";
        return null;
    }

    // The form of a system that a reference has as well; null if it has none. Systems that always could be set up side by side still can.
    static ReferenceForm? FormOf(ITicketWriter system, ReferenceForm form, string sample, bool isNew) =>
        system.Forms.FirstOrDefault(each => sample.Equals(each.Sample, StringComparison.OrdinalIgnoreCase)
            && (isNew || (IsPrefix(form) && IsPrefix(each))))
            ?? (isNew && system.ReferenceIn(TypedText.Clean(sample)) is not null && system.Forms is [var first, ..] ? first : null);

    static string Fault(ReferenceForm one, ITicketWriter oneSystem, ReferenceForm other, ITicketWriter otherSystem, string sample) =>
        IsPrefix(one) && IsPrefix(other) && sample.EndsWith('7') && sample == one.Sample
            ? $"{one.Setting} is {sample[..^1]} as well as {other.Setting}, so nobody could tell whose ticket {sample} is: write another "
                + "prefix for one of them, as RT-."
            : $"{other.Setting} makes {sample} a ticket of {otherSystem.Name}, and {one.Setting} makes it one of {oneSystem.Name}, so "
                + "nobody could tell whose it is: change one of these settings.";

    static bool IsPrefix(ReferenceForm form) => form.Setting.EndsWith(":Prefix", StringComparison.Ordinal);
}
