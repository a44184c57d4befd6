using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using BotDispatch.Files;
using BotDispatch.Ports;
using BotDispatch.Settings;

namespace BotDispatch.Employees.Lists;

/// <summary>Reads the file of named lists, in YAML or JSON.</summary>
internal static class ListReader
{
    const int LongestName = 60;
    const string Everybody = "everybody";

    static readonly ImmutableArray<string> Fields =
    [
        "list", "name", "description", "members", "skill", "skills", "rotation", "order", "skills first", "policy", "then", "tell", "rest",
        "most calls per night",
    ];

    static readonly ImmutableArray<string> PolicyFields =
        ["attempts", "retry pause", "ring timeout", "round pause", "rounds", "give up after"];

    static readonly ImmutableArray<(string Text, ListOrder Order)> Orders =
    [
        ("as listed", ListOrder.AsListed), ("rotation", ListOrder.Rotation), ("longest since called", ListOrder.LongestSinceCalled),
        ("longest since accepted", ListOrder.LongestSinceAccepted), ("fewest calls this month", ListOrder.FewestCallsThisMonth),
    ];

    /// <summary>Returns the reader for the extension of the file; null if there is none.</summary>
    public static Func<string, FileContent<ListEntry>>? ParserFor(string file) => Path.GetExtension(file).ToLowerInvariant() switch
    {
        ".json" => text => Judge(JsonRows.Read(text)),
        ".yaml" or ".yml" => text => Judge(YamlRows.Read(text, "lists", "a list with fields")),
        _ => null,
    };

    static FileContent<ListEntry> Judge(FileContent<FileRow> read)
    {
        var entries = new List<ListEntry>();
        var problems = read.Problems.ToList();
        foreach (var row in read.Items)
            if (Read(row) is var (entry, problem) && entry is null)
                problems.Add(new(row.Line, problem!));
            else if (entries.Any(other => other.List.IsCalled(entry!.List.Id) || other.List.IsCalled(entry.List.Name)))
                problems.Add(new(row.Line, "another list has this id or name."));
            else
                entries.Add(entry!);
        foreach (var entry in entries.Where(each => each.List.Then is not null))
            if (WrongChain(entry, entries) is { } wrong)
                problems.Add(new(entry.Line, wrong));
        return new([.. entries], [.. problems.OrderBy(problem => problem.Line)]);
    }

    // The list stays usable: at night it is worth more without its successor than not at all.
    static string? WrongChain(ListEntry entry, List<ListEntry> entries)
    {
        var passed = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { entry.List.Id };
        for (var next = entry; next.List.Then is { } then;)
        {
            if (entries.Find(each => each.List.IsCalled(then)) is not { } following)
                return next == entry ? "then names no list of this file, so nobody is called after this list." : null;
            if (!passed.Add(following.List.Id))
                return "then leads back to a list that was called before; it is not called again.";
            next = following;
        }
        return null;
    }

    static (ListEntry? Entry, string? Problem) Read(FileRow row)
    {
        if (!NamesOf(row.Object, out var names))
            return (null, "the name of a field has half a character in it (a lone surrogate).");
        if (names.FirstOrDefault(name => !Fields.Contains(name, StringComparer.OrdinalIgnoreCase)) is not null)
            return (null, $"there is a field that no list has; it has {string.Join(", ", Fields)}.");
        var fields = row.Fields(Fields.Remove("policy"));
        if (fields.Mistakes is [var mistake, ..])
            return (null, mistake);
        if (fields.Text("list") is not { } id)
            return (null, "list is missing: write the word that people type, as lifts.");
        if (id.Length > LongestName || fields.Text("name")?.Length > LongestName || !id.Any(char.IsLetter))
            return (null, $"list and name must be words with at most {LongestName} characters.");
        if (id.Split(' ')[^1].Equals("now", StringComparison.OrdinalIgnoreCase))
            return (null, "list must not end with now, which starts a dispatch at once.");
        ImmutableArray<string> members = [.. PartsOf(fields, "members")];
        ImmutableArray<string> skills = [.. PartsOf(fields, "skill"), .. PartsOf(fields, "skills")];
        var isEverybody = members is [var only] && only.Equals(Everybody, StringComparison.OrdinalIgnoreCase);
        if (members.IsEmpty && skills.IsEmpty && fields.Text("rotation") is null)
            return (null, $"there is nobody on it: write members (their ids or emails, or {Everybody}), skill or rotation.");
        if (OrderOf(fields) is not { } order)
            return (null, $"order is none of {string.Join(", ", Orders.Select(each => each.Text))}.");
        if (order is ListOrder.Rotation && fields.Text("rotation") is null)
            return (null, "order is rotation, so rotation must name a rotation of the schedule.");
        var skillsFirst = false;
        if (fields.Text("skills first") is { } flag && !TryFlag(flag, out skillsFirst))
            return (null, "skills first is neither true nor false.");
        var (written, problem) = Policy(row, fields);
        if (written is not { } policy)
            return (null, problem);
        var then = fields.Text("then");
        // With a list to follow, one round is enough; without one, rounds go on for as long as the time allows.
        if (then is not null && policy is { Rounds: null, GiveUpAfter: null })
            policy = policy with { Rounds = 1 };
        var list = new NamedList(id, fields.Text("name") ?? id, fields.Text("description"), policy, then, [.. PartsOf(fields, "tell")]);
        return (new(row.Line, list, isEverybody ? [] : members, isEverybody, skills, fields.Text("rotation"), order, skillsFirst), null);
    }

    static (ListPolicy? Policy, string? Problem) Policy(FileRow row, FileFields fields)
    {
        var own = new Numbers(fields);
        var (rest, most) = (own.Time("rest", "0 s", "7 d"), own.Count("most calls per night", 0, 50));
        if (own.Problem is not null)
            return (null, own.Problem);
        if (PolicyOf(row.Object) is not { } written)
            return (new() { Rest = rest, MostCallsPerNight = most }, null);
        if (written.ValueKind is not JsonValueKind.Object)
            return (null, $"policy has fields of its own: {string.Join(", ", PolicyFields)}.");
        if (!NamesOf(written, out var names) || names.Any(name => !PolicyFields.Contains(name, StringComparer.OrdinalIgnoreCase)))
            return (null, $"there is a field that no policy has; it has {string.Join(", ", PolicyFields)}.");
        var read = new FileRow(row.Line, written).Fields(PolicyFields);
        var policy = new Numbers(read);
        ListPolicy result = new()
        {
            Attempts = policy.Count("attempts", 1, 20),
            RetryPause = policy.Time("retry pause", "0 s", "1 h"),
            RingTimeout = policy.Time("ring timeout", "1 s", "2 min"),
            RoundPause = policy.Time("round pause", "0 s", "1 d"),
            Rounds = policy.Count("rounds", 0, 100),
            GiveUpAfter = policy.Time("give up after", "1 s", "7 d"),
            Rest = rest,
            MostCallsPerNight = most,
        };
        return (read.Mistakes is [var mistake, ..] ? mistake : policy.Problem) is { } wrong ? (null, wrong) : (result, null);
    }

    static JsonElement? PolicyOf(JsonElement entry)
    {
        foreach (var field in entry.EnumerateObject())
            if (field.Name.Trim().Equals("policy", StringComparison.OrdinalIgnoreCase) && field.Value.ValueKind is not JsonValueKind.Null)
                return field.Value;
        return null;
    }

    static ListOrder? OrderOf(FileFields fields)
    {
        if (fields.Text("order") is not { } written)
            return fields.Text("rotation") is null ? ListOrder.AsListed : ListOrder.Rotation;
        var plain = string.Join(' ', written.ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        foreach (var (text, order) in Orders)
            if (plain == text)
                return order;
        return null;
    }

    static bool TryFlag(string written, out bool flag)
    {
        flag = written.ToLowerInvariant() is "true" or "yes";
        return flag || written.ToLowerInvariant() is "false" or "no";
    }

    static ImmutableArray<string> PartsOf(FileFields fields, string field) => fields.List(field)
        ?? [.. (fields.Text(field) ?? "").Split([',', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];

    static bool NamesOf(JsonElement entry, out List<string> names)
    {
        names = [];
        try
        {
            names.AddRange(entry.EnumerateObject().Select(field => field.Name.Trim()));
            return true;
        }
        // System.Text.Json 10 throws this for a name with half a character in it.
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>Reads numbers and durations within limits, and keeps the first problem.</summary>
    sealed class Numbers(FileFields fields)
    {
        public string? Problem { get; private set; }

        public int? Count(string field, int least, int most)
        {
            if (fields.Text(field) is not { } written)
                return null;
            if (int.TryParse(written, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count >= least && count <= most)
                return count;
            Problem ??= $"{field} is not a whole number between {least} and {most}.";
            return null;
        }

        public TimeSpan? Time(string field, string least, string most)
        {
            if (fields.Text(field) is not { } written)
                return null;
            HumanDuration.TryRead(least, out var from);
            HumanDuration.TryRead(most, out var to);
            if (HumanDuration.TryRead(written, out var time) && time >= from && time <= to)
                return time;
            Problem ??= $"{field} is not a time between {least} and {most}; write it with its unit, as 20 s, 2 min or 8 hours.";
            return null;
        }
    }
}
