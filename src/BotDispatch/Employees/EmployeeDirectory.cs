using System.Collections.Frozen;
using System.Collections.Immutable;
using BotDispatch.Core;
using BotDispatch.Ports;

namespace BotDispatch.Employees;

/// <summary>One place from which employees come.</summary>
internal interface IEmployeeSource
{
    /// <summary>Its setting, for an administrator.</summary>
    string Name { get; }

    /// <summary>Why it cannot be read now, and how old its copy is, in a sentence without personal data; null if it can be read.</summary>
    string? Trouble => null;

    /// <summary>Returns the last good copy of its employees. Returns at once; the source refreshes itself in the background.</summary>
    ImmutableArray<Employee> Read();
}

/// <summary>The employees of all sources, each person once. Clashes are reported.</summary>
internal sealed class EmployeeDirectory(ImmutableArray<IEmployeeSource> sources, ILogger<EmployeeDirectory> log)
    : IEmployeeDirectory, INoticeSource, ISystemStatus
{
    readonly Lock gate = new();
    ImmutableArray<ImmutableArray<Employee>> read = [];
    MergedEmployees merged = MergedEmployees.Nobody;

    /// <summary>Everybody, in the order of the sources.</summary>
    public ImmutableArray<Employee> Current => Merge().People;

    public Task<IReadOnlyList<Employee>> ListAsync(CancellationToken ct) => Task.FromResult<IReadOnlyList<Employee>>(Current);

    /// <summary>Returns the employee with this id; null if there is none.</summary>
    public Employee? Find(EmployeeId id) => Merge().ById.GetValueOrDefault(id);

    public IReadOnlyList<string> Troubles => [.. sources.Select(source => source.Trouble).OfType<string>()];

    /// <summary>One line for each source that cannot be read.</summary>
    public IReadOnlyList<string> Lines() => Troubles;

    public bool IsAboutPeople => true;

    public IReadOnlyList<string> Notices() =>
        [.. Merge().Clashes.GroupBy(clash => clash.What).Select(group => Notice(group.Key, group.Count()))];

    MergedEmployees Merge()
    {
        ImmutableArray<ImmutableArray<Employee>> now = [.. sources.Select(source => source.Read())];
        lock (gate)
        {
            // Immutable arrays are equal if they are the same one: nothing was read meanwhile.
            if (now.SequenceEqual(read))
                return merged;
            (read, merged) = (now, MergedEmployees.Of([.. sources.Select(source => source.Name).Zip(now)]));
        }
        foreach (var clash in merged.Clashes)
            log.Clash(clash.One, clash.Other, WordsOf(clash.What));
        return merged;
    }

    static string Notice(Clash what, int count) =>
        $"Employees: {count} {(count == 1 ? "pair" : "pairs")} of entries in the directory {WordsOf(what)}. The log names them.";

    static string WordsOf(Clash what) => what switch
    {
        Clash.SameNumber => "have one phone number, which only rings for one call at a time",
        Clash.SameId => "have one id and different emails; the later one goes by their email",
        _ => "are one person with different phone numbers; the number of the first source is called",
    };
}

/// <summary>What is wrong between two entries.</summary>
internal enum Clash
{
    /// <summary>Two people have one telephone number.</summary>
    SameNumber,
    /// <summary>Two people have one id.</summary>
    SameId,
    /// <summary>Two sources have different numbers for one person.</summary>
    TwoNumbers,
}

/// <summary>All employees after merging.</summary>
/// <param name="People">Each person once.</param>
/// <param name="Clashes">What is wrong between entries, with the ids of both.</param>
internal sealed record MergedEmployees(
    ImmutableArray<Employee> People, ImmutableArray<(Clash What, EmployeeId One, EmployeeId Other)> Clashes)
{
    readonly Lazy<FrozenDictionary<EmployeeId, Employee>> byId =
        new(() => People.DistinctBy(each => each.Id).ToFrozenDictionary(each => each.Id));

    /// <summary>There are no employees.</summary>
    public static MergedEmployees Nobody { get; } = new([], []);

    /// <summary>Everybody by their id.</summary>
    public FrozenDictionary<EmployeeId, Employee> ById => byId.Value;

    /// <summary>
    /// Merges the sources. Entries with one email are one person; so are entries with one id of which at least one has no email. The first
    /// source that says something about a person counts, and later ones add what it does not say.
    /// </summary>
    public static MergedEmployees Of(ImmutableArray<(string Source, ImmutableArray<Employee> People)> sources)
    {
        var people = new List<Employee>();
        var byEmail = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        var byId = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        var clashes = ImmutableArray.CreateBuilder<(Clash, EmployeeId, EmployeeId)>();
        foreach (var each in sources.SelectMany(source => source.People))
        {
            var next = each;
            var known = next.Email is { } email && byEmail.TryGetValue(email, out var same) ? same : -1;
            if (known < 0 && byId.TryGetValue(next.Id.Value, out var namesake))
            {
                if (people[namesake].Email is null || next.Email is null)
                    known = namesake;
                else
                {
                    clashes.Add((Clash.SameId, people[namesake].Id, new(next.Email)));
                    next = next with { Id = new(next.Email) };
                }
            }
            if (known >= 0)
            {
                if (people[known].Phone is { } one && next.Phone is { } other && one != other)
                    clashes.Add((Clash.TwoNumbers, people[known].Id, next.Id));
                next = people[known] = Joined(people[known], next);
            }
            else
            {
                known = people.Count;
                people.Add(next);
            }
            byId.TryAdd(next.Id.Value, known);
            if (next.Email is not null)
                byEmail.TryAdd(next.Email, known);
        }
        var withNumber = people.Where(each => each.Phone is not null).ToList();
        foreach (var sharing in withNumber.GroupBy(each => each.Phone).Where(each => each.Count() > 1))
        {
            var (first, names) = (sharing.First(), sharing.Select(each => each.Name).ToList());
            clashes.AddRange(sharing.Skip(1).Select(other => (Clash.SameNumber, first.Id, other.Id)));
            foreach (var each in sharing)
                people[byId[each.Id.Value]] = each with { PhoneNote = each.PhoneNote ?? SharedWith(each, names) };
        }
        return new([.. people], clashes.ToImmutable());
    }

    static string SharedWith(Employee employee, List<string> names) =>
        $"{string.Join(" and ", names.Where(name => name != employee.Name).DefaultIfEmpty("Somebody else"))} "
            + $"{(names.Count > 2 ? "have" : "has")} the same phone number in the directory.";

    static string? Both(string? first, string? second) =>
        string.Join("; ", new[] { first, second }.OfType<string>()) is { Length: > 0 } both ? both : null;

    static Employee Joined(Employee first, Employee second)
    {
        var joined = first with
        {
            Email = first.Email ?? second.Email,
            Language = first.HasOwnLanguage ? first.Language : second.Language,
            HasOwnLanguage = first.HasOwnLanguage || second.HasOwnLanguage,
            TimeZone = first.HasOwnTimeZone ? first.TimeZone : second.TimeZone,
            HasOwnTimeZone = first.HasOwnTimeZone || second.HasOwnTimeZone,
            Skills = [.. first.Skills.Concat(second.Skills).Distinct(StringComparer.OrdinalIgnoreCase)],
            Hours = first.Hours ?? second.Hours,
            Away = Both(first.Away, second.Away),
            Quiet = Both(first.Quiet, second.Quiet),
        };
        return first.Phone is null && second.Phone is not null
            ? joined with { Phone = second.Phone, PhoneProblem = second.PhoneProblem, PhoneNote = second.PhoneNote }
            : joined;
    }
}
