using System.Collections.Concurrent;
using System.Collections.Frozen;
using NodaTime;
using PublicHoliday;

namespace BotDispatch.Employees.Holidays;

/// <summary>The public holidays of countries whose days are known for certain, by the library PublicHoliday.</summary>
/// <remarks>
/// PublicHoliday 3.17.0 keeps former laws of several countries, and its list and its answer about a day disagree for others. Only countries
/// are here whose days of two years a test compares with a table made by hand from their laws, with what the library lacks added. It is
/// asked day by day. Everybody else names a calendar, which nearly every country publishes.
/// </remarks>
internal static class HolidayCountries
{
    // DateTime and the rules of Easter hold far beyond; nobody plans further.
    const int FirstYear = 1900;
    const int LastYear = 2199;

    // Italy brought Saint Francis back from 2026 on (law 151 of 8 October 2025), which PublicHoliday 3.17.0 does not know.
    static readonly (string Code, int FromYear, int Month, int Day, string Name) SaintFrancis =
        ("IT", 2026, 10, 4, "San Francesco d'Assisi");

    static readonly FrozenDictionary<string, (string Country, Func<PublicHolidayBase> Make)> Known =
        new Dictionary<string, (string, Func<PublicHolidayBase>)>(StringComparer.OrdinalIgnoreCase)
        {
            ["AT"] = ("Austria", () => new AustriaPublicHoliday()),
            ["BE"] = ("Belgium", () => new BelgiumPublicHoliday()),
            ["CZ"] = ("Czechia", () => new CzechRepublicPublicHoliday()),
            ["DE-BB"] = German(GermanPublicHoliday.States.BB),
            ["DE-BE"] = German(GermanPublicHoliday.States.BE),
            ["DE-BW"] = German(GermanPublicHoliday.States.BW),
            ["DE-BY"] = German(GermanPublicHoliday.States.BY),
            ["DE-HB"] = German(GermanPublicHoliday.States.HB),
            ["DE-HE"] = German(GermanPublicHoliday.States.HE),
            ["DE-HH"] = German(GermanPublicHoliday.States.HH),
            ["DE-MV"] = German(GermanPublicHoliday.States.MV),
            ["DE-NI"] = German(GermanPublicHoliday.States.NI),
            ["DE-NW"] = German(GermanPublicHoliday.States.NW),
            ["DE-RP"] = German(GermanPublicHoliday.States.RP),
            ["DE-SH"] = German(GermanPublicHoliday.States.SH),
            ["DE-SL"] = German(GermanPublicHoliday.States.SL),
            ["DE-SN"] = German(GermanPublicHoliday.States.SN),
            ["DE-ST"] = German(GermanPublicHoliday.States.ST),
            ["DE-TH"] = German(GermanPublicHoliday.States.TH),
            // Constitution Day, the first of May and the eves are days off by contract, not by law.
            ["DK"] = ("Denmark", () => new DenmarkPublicHoliday(false, false, false, false, false)),
            ["FI"] = ("Finland", () => new FinlandPublicHoliday(false)),
            ["FR"] = ("France", () => new FrancePublicHoliday()),
            ["GB-ENG"] = British(UKBankHoliday.UkCountries.England),
            ["GB-NIR"] = British(UKBankHoliday.UkCountries.NorthernIreland),
            ["GB-SCT"] = British(UKBankHoliday.UkCountries.Scotland),
            ["GB-WLS"] = British(UKBankHoliday.UkCountries.Wales),
            ["GR"] = ("Greece", () => new GreecePublicHoliday()),
            ["HR"] = ("Croatia", () => new CroatiaPublicHoliday()),
            ["IE"] = ("Ireland", () => new IrelandPublicHoliday()),
            ["IT"] = ("Italy", () => new ItalyPublicHoliday()),
            ["LU"] = ("Luxembourg", () => new LuxembourgPublicHoliday()),
            // Liberation Day is a day off every fifth year.
            ["NL"] = ("Netherlands", () => new DutchPublicHoliday(true)),
            ["NO"] = ("Norway", () => new NorwayPublicHoliday()),
            ["PL"] = ("Poland", () => new PolandPublicHoliday()),
            ["RO"] = ("Romania", () => new RomanianPublicHoliday()),
            ["US"] = ("United States", () => new USAPublicHoliday()),
        }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    static readonly ConcurrentDictionary<(string Code, int Year), FrozenDictionary<LocalDate, string>> Years = [];

    /// <summary>The codes of all countries, and of regions where a country needs one: <c>GR</c>, <c>DE-BY</c>.</summary>
    public static IReadOnlyList<string> Codes { get; } = [.. Known.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Returns the code of a country, or of a region of it; null with what to write instead if there is none.</summary>
    /// <param name="country">A code or an English name, as <c>GR</c> or <c>Greece</c>, also <c>DE-BY</c>.</param>
    /// <param name="region">A region, as <c>BY</c> or <c>DE-BY</c>; null if none is written.</param>
    public static (string? Code, string? Problem) Find(string country, string? region)
    {
        var (named, part) = (country.Trim(), region?.Trim());
        if (part is null && named.IndexOf('-') is > 0 and var dash)
            (named, part) = (named[..dash], named[(dash + 1)..]);
        var codes = Codes.Where(code => code.Split('-')[0].Equals(named, StringComparison.OrdinalIgnoreCase)
            || Known[code].Country.Equals(named, StringComparison.OrdinalIgnoreCase)).ToList();
        if (codes is [])
            return (null, "country is none of those whose public holidays are known "
                + $"({string.Join(", ", Codes.Select(code => code.Split('-')[0]).Distinct())}): write address with a calendar (.ics) "
                + "instead.");
        if (codes is [var only] && !only.Contains('-'))
            return part is null ? (only, null)
                : (null, $"region is not needed for {only}: its public holidays are those of the whole country.");
        return codes.Find(code => part is not null && (code.Equals(part, StringComparison.OrdinalIgnoreCase)
            || code[3..].Equals(part, StringComparison.OrdinalIgnoreCase))) is { } found
                ? (found, null)
                : (null, $"country {codes[0][..2]} needs a region, one of {string.Join(", ", codes.Select(code => code[3..]))}.");
    }

    /// <summary>Returns the name of the public holiday on a day; null if it is none.</summary>
    public static string? NameOf(string code, LocalDate date) => date.Year is < FirstYear or > LastYear
        ? null
        : Years.GetOrAdd((code, date.Year), each => DaysOf(each.Code, each.Year)).GetValueOrDefault(date);

    static FrozenDictionary<LocalDate, string> DaysOf(string code, int year)
    {
        var (country, days) = (Known[code].Make(), new Dictionary<LocalDate, string>());
        var names = country is USAPublicHoliday ? null
            : country.PublicHolidayNames(year).ToLookup(each => LocalDate.FromDateTime(each.Key), each => each.Value);
        for (var date = new LocalDate(year, 1, 1); date.Year == year; date = date.PlusDays(1))
            if (country.IsPublicHoliday(date.ToDateTimeUnspecified()))
                days.Add(date, names is null ? NameInUnitedStates(date) : names[date].FirstOrDefault() ?? Known[code].Country);
        if (code.Equals(SaintFrancis.Code, StringComparison.OrdinalIgnoreCase) && year >= SaintFrancis.FromYear)
            days.TryAdd(new(year, SaintFrancis.Month, SaintFrancis.Day), SaintFrancis.Name);
        return days.ToFrozenDictionary();
    }

    // PublicHoliday 3.17.0 names those of the United States by a type that needs the culture "en", which a process without ICU data
    // does not have: it throws a TypeInitializationException. What it answers about a day is not concerned.
    static string NameInUnitedStates(LocalDate date) => date switch
    {
        { Month: 1, Day: 1 or 2 } or { Month: 12, Day: 31 } => "New Year's Day",
        { Month: 1 } => "Birthday of Martin Luther King, Jr.",
        { Month: 2 } => "Washington's Birthday",
        { Month: 5 } => "Memorial Day",
        { Month: 6 } => "Juneteenth",
        { Month: 7 } => "Independence Day",
        { Month: 9 } => "Labor Day",
        { Month: 10 } => "Columbus Day",
        { Month: 11, Day: < 20 } => "Veterans Day",
        { Month: 11 } => "Thanksgiving Day",
        _ => "Christmas Day",
    };

    static (string, Func<PublicHolidayBase>) German(GermanPublicHoliday.States state) =>
        ("Germany", () => new GermanPublicHoliday { State = state });

    static (string, Func<PublicHolidayBase>) British(UKBankHoliday.UkCountries country) =>
        ("United Kingdom", () => new UKBankHoliday(country));
}
