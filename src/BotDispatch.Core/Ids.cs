using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace BotDispatch.Core;

/// <summary>
/// Identifies one dispatch for ever. The id is derived from the delivery that asked for the dispatch, so a repeated delivery yields the
/// same id.
/// </summary>
public readonly record struct DispatchId(string Value) : IParsable<DispatchId>
{
    const string Alphabet = "abcdefghjkmnpqrstuvwxyz23456789";

    /// <summary>
    /// Returns the id for a <paramref name="delivery"/> (a view id, an activity id) of <paramref name="platform"/>: the same input always
    /// yields the same id.
    /// </summary>
    public static DispatchId From(string platform, string delivery)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(platform + "\n" + delivery));
        return new(string.Create(16, hash, static (text, bytes) =>
        {
            for (var i = 0; i < text.Length; i++)
                text[i] = Alphabet[bytes[i] % Alphabet.Length];
        }));
    }

    /// <inheritdoc/>
    public override string ToString() => Value;

    /// <inheritdoc/>
    public static DispatchId Parse(string s, IFormatProvider? provider) =>
        TryParse(s, provider, out var id) ? id : throw new FormatException("not a dispatch id");

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out DispatchId result)
    {
        var good = s is { Length: > 0 and <= 64 } && s.All(char.IsAsciiLetterOrDigit);
        result = good ? new(s!) : default;
        return good;
    }
}

/// <summary>Identifies one person of the directory.</summary>
public readonly record struct EmployeeId(string Value) : IParsable<EmployeeId>
{
    /// <inheritdoc/>
    public override string ToString() => Value;

    /// <inheritdoc/>
    public static EmployeeId Parse(string s, IFormatProvider? provider) =>
        TryParse(s, provider, out var id) ? id : throw new FormatException("not an employee id");

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out EmployeeId result)
    {
        result = new(s ?? "");
        return !string.IsNullOrWhiteSpace(s);
    }
}

/// <summary>
/// Identifies one phone call: the <paramref name="Number"/>th call (from 1, over all rounds) to the callee with the index <paramref
/// name="Callee"/> (from 0) in a dispatch. The id is derived and never reused, so it is also the idempotency key for the telephone
/// provider.
/// </summary>
public readonly record struct AttemptId(DispatchId Dispatch, int Callee, int Number) : IParsable<AttemptId>
{
    /// <summary>Returns <c>dispatch-callee-number</c>, which <see cref="Parse"/> reads.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Dispatch}-{Callee}-{Number}");

    /// <inheritdoc/>
    public static AttemptId Parse(string s, IFormatProvider? provider) =>
        TryParse(s, provider, out var id) ? id : throw new FormatException("not an attempt id");

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out AttemptId result)
    {
        result = default;
        if (s?.Split('-') is not [var dispatch, var callee, var number]
            || !DispatchId.TryParse(dispatch, provider, out var id)
            || !int.TryParse(callee, NumberStyles.None, CultureInfo.InvariantCulture, out var which)
            || !int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var count))
            return false;
        result = new(id, which, count);
        return true;
    }
}
