using PhoneNumbers;

namespace BotDispatch.Ports;

/// <summary>Writes telephone numbers for screens: enough to recognise one's own, too little to call it.</summary>
internal static class MaskedNumber
{
    const int ShownFirst = 2;
    const int ShownLast = 2;
    const char Dot = '•';

    static readonly PhoneNumberUtil Plans = PhoneNumberUtil.GetInstance();

    /// <summary>
    /// Returns the number with its country code, the first two and the last two digits, as <c>+30 69• ••• ••33</c>. A number that cannot be
    /// read is hidden whole.
    /// </summary>
    /// <param name="e164">The number, as <c>+306971234533</c>.</param>
    public static string Of(string e164)
    {
        try
        {
            var number = Plans.Parse(e164, null);
            var code = $"+{number.CountryCode}";
            var rest = Plans.Format(number, PhoneNumberFormat.INTERNATIONAL)[code.Length..];
            var digits = rest.Count(char.IsAsciiDigit);
            var seen = 0;
            return code + string.Concat(rest.Select(sign => !char.IsAsciiDigit(sign) ? sign
                : ++seen <= ShownFirst && digits > ShownFirst + ShownLast + 1 || seen > digits - ShownLast ? sign : Dot));
        }
        catch (NumberParseException)
        {
            return new string(Dot, 8);
        }
    }
}
