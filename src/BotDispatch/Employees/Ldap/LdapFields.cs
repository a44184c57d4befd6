using System.Collections.Immutable;
using BotDispatch.Employees.File;

namespace BotDispatch.Employees.Ldap;

/// <summary>Which attributes of an entry are which field of an employee.</summary>
internal sealed class LdapFields
{
    /// <summary>The fields.</summary>
    public static readonly ImmutableArray<string> Names = ["id", "name", "email", "phone", "language", "timezone", "skills", "hours"];

    static readonly ImmutableDictionary<string, string> Usual = new Dictionary<string, string>
    {
        ["id"] = "sAMAccountName,uid",
        ["name"] = "displayName,cn",
        ["email"] = "mail",
        ["phone"] = "mobile,telephoneNumber,homePhone",
        ["language"] = "preferredLanguage",
        ["timezone"] = "",
        ["skills"] = "",
        ["hours"] = "",
    }.ToImmutableDictionary(StringComparer.OrdinalIgnoreCase);

    readonly ImmutableDictionary<string, ImmutableArray<string>> attributes;

    public LdapFields(IEnumerable<KeyValuePair<string, string>> written)
    {
        var all = Usual.ToBuilder();
        foreach (var (field, names) in written)
            all[field] = names;
        attributes = all.ToImmutableDictionary(each => each.Key,
            each => each.Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).ToImmutableArray(),
            StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Every attribute that is asked for.</summary>
    public string[] All => [.. attributes.Values.SelectMany(each => each).Distinct(StringComparer.OrdinalIgnoreCase)];

    /// <summary>Returns an entry as a row of a list of people.</summary>
    /// <param name="number">The number of the entry, from 1.</param>
    /// <param name="valuesOf">Returns the values of an attribute.</param>
    /// <param name="region">The country of telephone numbers without a country code; null if there is none.</param>
    public EmployeeRow RowOf(int number, Func<string, IEnumerable<string>> valuesOf, string? region)
    {
        ImmutableArray<string> Values(string field) =>
            [.. attributes[field].SelectMany(valuesOf).Select(value => value.Trim()).Where(value => value.Length > 0)];
        var (email, phones) = (Values("email").FirstOrDefault(), Values("phone"));
        var id = Values("id").FirstOrDefault();
        return new(number,
            // An id has no blanks; somebody with such an account name goes by their email.
            id is null || id.Any(char.IsWhiteSpace) ? email : id, Values("name").FirstOrDefault(), email,
            phones.FirstOrDefault(phone => PhoneNumberReader.Read(phone, region).Phone is not null) ?? phones.FirstOrDefault(),
            LanguageOf(Values("language").FirstOrDefault()), Values("timezone").FirstOrDefault(zone => TimeZones.Find(zone) is not null),
            Values("skills"), Values("hours").FirstOrDefault(), null);
    }

    // "de-DE,de;q=0.9" is the form of the attribute's definition (RFC 2798); the first counts.
    static string? LanguageOf(string? written) => written?.Split(',', ';')[0].Trim() is { Length: > 0 and <= 20 } first
        && first.All(sign => char.IsAsciiLetterOrDigit(sign) || sign is '-') && first.Length >= 2 ? first : null;
}
