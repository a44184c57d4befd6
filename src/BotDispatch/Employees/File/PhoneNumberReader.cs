using System.Text.RegularExpressions;
using PhoneNumbers;

namespace BotDispatch.Employees.File;

/// <summary>The result of reading a written telephone number.</summary>
/// <param name="Phone">E.164 with its plus sign; null if it cannot be called.</param>
/// <param name="Problem">Why it cannot be called; null if it can. Never repeats the number.</param>
/// <param name="Note">What is doubtful about a number that is called all the same; null if nothing is.</param>
internal sealed record PhoneReading(string? Phone, string? Problem = null, string? Note = null);

/// <summary>Reads telephone numbers as people write them. It understands a number or refuses it with a reason, and never guesses.</summary>
/// <remarks>
/// The numbering plans are those of libphonenumber-csharp. A number is refused if its length is impossible, but not because it is
/// unassigned: the reserved sample numbers (+44 7700 900xxx) are unassigned, and the library learns new ranges late.
/// </remarks>
internal static partial class PhoneNumberReader
{
    const string NoCountryCode =
        "The phone number in the directory has no country code, as +44. National numbers need the setting Employees:DefaultRegion.";
    const string NoSuchCode = "The phone number in the directory has no country code that exists.";
    const string StrangeSigns = "The phone number in the directory has letters or signs that no number has.";
    const string HasExtension =
        "The phone number in the directory has an extension, which cannot be dialled. Write a number that rings this person directly.";
    const string WasRounded =
        "The phone number in the directory was rounded by a spreadsheet. Format the column as text and write the number again.";
    const string LostItsPlus =
        "The phone number in the directory may have lost its plus sign: it could be a number of two countries. Write it with + and the "
            + "country code.";
    const string TooShort = "The phone number in the directory is too short.";
    const string TooLong = "The phone number in the directory is too long.";
    const string WrongLength = "The phone number in the directory has a length that no number of that country has.";
    const string TwoNumbers =
        "Two phone numbers seem to stand in one field of the directory, and it is not certain which digits belong to which. Write one.";
    const string FirstOfTwo = "Two phone numbers stand in one field of the directory: only the first is phoned.";

    static readonly PhoneNumberUtil Plans = PhoneNumberUtil.GetInstance();

    /// <summary>Whether libphonenumber has a numbering plan for this country, such as <c>GB</c>.</summary>
    public static bool IsRegion(string region) => Plans.GetSupportedRegions().Contains(region);

    /// <summary>Returns the number that can be called, or a sentence for the dialog that never repeats the number.</summary>
    /// <param name="written">The number as the directory writes it.</param>
    /// <param name="region">The country of numbers without a country code, such as <c>GB</c>; null if there is none.</param>
    public static PhoneReading Read(string? written, string? region = null)
    {
        var text = Invisible().Replace(written ?? "", "").Replace('\uFF0B', '+').Trim();
        if (text.StartsWith("tel:", StringComparison.OrdinalIgnoreCase))
            text = text[4..].TrimStart();
        if (text.Length == 0)
            return new(null, "No phone number in the directory.");
        if (SpreadsheetNumber().IsMatch(text))
            return new(null, WasRounded);

        if (Extension().IsMatch(text))
            return new(null, HasExtension);
        // Words, semicolons and the like never stand inside one number. A plus sign begins a new one.
        var parts = Between().Split(text).Where(part => part.Any(char.IsAsciiDigit)).ToList();
        if (parts.Count == 0 || !parts.All(part => Written().IsMatch(part)) || Between().Replace(text, "").Any(char.IsLetter))
            return new(null, StrangeSigns);

        var first = ReadSlashed(parts[0], region);
        if (parts.Count == 1)
            return first;
        if (first is { Phone: { } phone, Note: null } && IsComplete(phone))
        {
            var itsRegion = Plans.GetRegionCodeForCountryCode(Plans.Parse(phone, null).CountryCode);
            // An extension may follow a comma.
            return !text.Contains(',') || parts.Skip(1).All(part => ReadOne(part, itsRegion).Phone is not null)
                ? new(phone, Note: FirstOfTwo)
                : new(null, TwoNumbers);
        }
        return new(null, parts.All(part => ReadSlashed(part, region).Phone is null) ? StrangeSigns : TwoNumbers);
    }

    // A slash follows an area code ("030/23125100"), or separates numbers or endings ("0105 / 0106", "100/-12").
    static PhoneReading ReadSlashed(string text, string? region)
    {
        var pieces = Slash().Split(text).Where(piece => piece.Any(char.IsAsciiDigit)).ToArray();
        for (var count = 1; count < pieces.Length; count++)
        {
            if (ReadOne(string.Join(' ', pieces.Take(count)), region).Phone is not { } head)
                continue;
            var isEnding = count == pieces.Length - 1 && (pieces[count] is ['-' or '\u2010' or '\u2011' or '\u2012' or '\u2013', ..]
                || pieces[count].Count(char.IsAsciiDigit) <= 2);
            if (!isEnding && !IsComplete(head))
                continue;
            var mayBeOneNumber = ReadOne(string.Join(' ', pieces), region).Phone is not null;
            return IsComplete(head) && (!mayBeOneNumber || pieces[count] is ['0', '0', ..])
                ? new(head, Note: FirstOfTwo)
                : new(null, TwoNumbers);
        }
        return ReadOne(string.Join(' ', pieces), region);
    }

    static PhoneReading ReadOne(string text, string? region)
    {
        var digits = NotDigits().Replace(text, "");
        // No national number begins with two zeros, which most countries dial in place of a plus sign.
        var isInternational = text.TrimStart(' ', '(') is ['+', ..] || digits.StartsWith("00", StringComparison.Ordinal);
        if (!isInternational && region is null)
            return new(null, digits.Length < 7 ? TooShort : NoCountryCode);
        try
        {
            var toParse = !isInternational ? text : text.Contains('+') ? text[text.IndexOf('+')..] : "+" + digits[2..];
            var number = Plans.Parse(toParse, isInternational ? null : region);
            if (ProblemOf(number) is { } problem)
                return new(null, problem);
            return !isInternational && MayBeForeign(text, digits, number, region!)
                ? new(null, LostItsPlus)
                : new(Plans.Format(number, PhoneNumberFormat.E164));
        }
        catch (NumberParseException unread)
        {
            return new(null, unread.ErrorType switch
            {
                ErrorType.INVALID_COUNTRY_CODE => NoSuchCode,
                ErrorType.TOO_LONG => TooLong,
                ErrorType.NOT_A_NUMBER => StrangeSigns,
                _ => TooShort,
            });
        }
    }

    static string? ProblemOf(PhoneNumber number) => Plans.IsPossibleNumberWithReason(number) switch
    {
        PhoneNumberUtil.ValidationResult.IS_POSSIBLE => null,
        // The sample numbers +1 555 01xx are written with and without an area code.
        PhoneNumberUtil.ValidationResult.IS_POSSIBLE_LOCAL_ONLY =>
            number is { CountryCode: 1, NationalNumber: >= 555_0100 and <= 555_0199 } ? null : TooShort,
        PhoneNumberUtil.ValidationResult.TOO_SHORT => TooShort,
        PhoneNumberUtil.ValidationResult.TOO_LONG => TooLong,
        PhoneNumberUtil.ValidationResult.INVALID_COUNTRY_CODE => NoSuchCode,
        _ => WrongLength,
    };

    // Spreadsheets drop the plus sign, and a foreign mobile number may then look like a number of a German town: with its plus sign it
    // belongs to somebody else.
    static bool MayBeForeign(string text, string digits, PhoneNumber national, string region)
    {
        var group = FirstGroup().Match(text).Value;
        if (group.Length <= 4
            && Plans.GetRegionCodeForCountryCode(int.Parse(group, System.Globalization.CultureInfo.InvariantCulture)) == "ZZ")
            return false;
        PhoneNumber foreign;
        try
        {
            foreign = Plans.Parse("+" + digits, null);
        }
        catch (NumberParseException)
        {
            return false;
        }
        if (Plans.Format(foreign, PhoneNumberFormat.E164) == Plans.Format(national, PhoneNumberFormat.E164))
            return false;
        var lacksItsZero = Plans.GetNddPrefixForRegion(region, true) == "0" && !digits.StartsWith('0');
        return Plans.IsValidNumber(foreign)
            || (lacksItsZero && Plans.IsPossibleNumberWithReason(foreign) is PhoneNumberUtil.ValidationResult.IS_POSSIBLE);
    }

    // A sample number is unassigned, but it is complete: no further digit can follow.
    static bool IsComplete(string e164) => Plans.IsValidNumber(Plans.Parse(e164, null)) || !Plans.IsPossibleNumber(e164 + "0", null);

    /// <summary>Invisible characters that join text or set its direction, copied from a chat or a web page.</summary>
    [GeneratedRegex("[\u00AD\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]")]
    private static partial Regex Invisible();

    /// <summary>Numbers as spreadsheets store them: "4.47701E+11" and "447700900101.0".</summary>
    [GeneratedRegex(@"^\+?[0-9]+(?:[.,][0-9]+)?E[+-]?[0-9]+$|^\+?[0-9]{6,}[.,]0$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex SpreadsheetNumber();

    [GeneratedRegex(@"\s*[;|,&\r\n]\s*|\s+(?:or|and|oder|und|ou|et|eller|och|lub|nebo|o|y|ή|και)\s+|(?<=[0-9].*?)\s*(?=\+)",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Between();

    /// <summary>Marks of an extension after a number, in the languages of the telephone.</summary>
    [GeneratedRegex(
        @"[0-9][\s,;)-]*(?:\#|ext(?:ension|n)?|x|int(?:erno)?|poste|anexo|ramal|dw|durchwahl|app(?:arat)?|nst|wew|ankn(?:ytning)?|toestel"
            + @"|tst|доб|εσωτ)[\s.:=]*[0-9]{1,8}\)?\s*$",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Extension();

    [GeneratedRegex(@"^[\s(]*\+?[0-9\s().\-/\u2010-\u2015\u2212]+$", RegexOptions.CultureInvariant)]
    private static partial Regex Written();

    [GeneratedRegex(@"\s*/\s*", RegexOptions.CultureInvariant)]
    private static partial Regex Slash();

    [GeneratedRegex("[^0-9]", RegexOptions.CultureInvariant)]
    private static partial Regex NotDigits();

    [GeneratedRegex("[0-9]+", RegexOptions.CultureInvariant)]
    private static partial Regex FirstGroup();
}
