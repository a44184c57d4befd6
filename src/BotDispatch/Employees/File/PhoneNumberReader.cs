using System.Text;

namespace BotDispatch.Employees.File;

/// <summary>Reads telephone numbers as people write them: E.164, or why it cannot be phoned.</summary>
internal static class PhoneNumberReader
{
    const int FewestDigits = 7;
    const int MostDigits = 15;

    /// <summary>The number with its plus sign, or a sentence for the dialog that never repeats the number.</summary>
    public static (string? Phone, string? Problem) Read(string? written)
    {
        var text = (written ?? "").Trim();
        if (text.Length == 0)
            return (null, "No phone number in the directory.");
        if (text.StartsWith("tel:", StringComparison.OrdinalIgnoreCase))
            text = text[4..];
        // "+44 (0)20": the zero is for callers inside the country only.
        var number = Bare(text.StartsWith('+') || text.StartsWith("00", StringComparison.Ordinal) ? text.Replace("(0)", "", StringComparison.Ordinal) : text);
        if (number is null)
            return (null, "The phone number in the directory has letters or signs that no number has.");
        if (number.StartsWith("00", StringComparison.Ordinal))
            number = "+" + number[2..];
        if (!number.StartsWith('+'))
            return (null, "The phone number in the directory has no country code, as +44.");
        return number switch
        {
            ['+', '0', ..] => (null, "The phone number in the directory has no country code, as +44."),
            { Length: < 1 + FewestDigits } => (null, "The phone number in the directory is too short."),
            { Length: > 1 + MostDigits } => (null, "The phone number in the directory is too long."),
            _ => (number, null),
        };
    }

    static string? Bare(string text)
    {
        var bare = new StringBuilder(text.Length);
        foreach (var letter in text)
        {
            if (char.IsAsciiDigit(letter) || (letter == '+' && bare.Length == 0))
                bare.Append(letter);
            else if (!char.IsWhiteSpace(letter) && letter is not ('-' or '.' or '/' or '(' or ')' or '\u2010' or '\u2011' or '\u2012' or '\u2013' or '\u202A' or '\u202C'))
                return null;
        }
        return bare.ToString();
    }
}
