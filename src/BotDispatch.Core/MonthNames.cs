namespace BotDispatch.Core;

/// <summary>The English names of the months, in full and in short.</summary>
public static class MonthNames
{
    const string Shortened = "janfebmaraprmayjunjulaugsepoctnovdec";

    /// <summary>The pattern of a month's name in small letters. It has no group of its own and no full stop at its end.</summary>
    public const string Pattern = "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
        + "|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)";

    /// <summary>Returns the number of a month, from 1 to 12.</summary>
    /// <param name="name">A name that <see cref="Pattern"/> matches.</param>
    public static int NumberOf(string name) => (Shortened.IndexOf(name[..3], StringComparison.Ordinal) / 3) + 1;

    /// <summary>Returns the name of a month in three small letters.</summary>
    /// <param name="number">The number of the month, from 1 to 12.</param>
    public static string InShort(int number) => Shortened[((number - 1) * 3)..(number * 3)];
}
