using BotDispatch.Core;
using Microsoft.Extensions.Options;

namespace BotDispatch.Chat;

/// <summary>How hard a dispatch tries, as set; copied into each dispatch at its start. Section <c>Policy</c>.</summary>
internal sealed class PolicyOptions
{
    static readonly EscalationPolicy Default = new();

    public int AttemptsPerEmployee { get; set; } = Default.AttemptsPerEmployee;
    public TimeSpan RetryPause { get; set; } = Default.RetryPause;
    public TimeSpan RingTimeout { get; set; } = Default.RingTimeout;
    public int Plays { get; set; } = Default.Plays;
    public TimeSpan AnswerWindow { get; set; } = Default.AnswerWindow;
    public TimeSpan RoundPause { get; set; } = Default.RoundPause;
    public TimeSpan GiveUpAfter { get; set; } = Default.GiveUpAfter;
    public TimeSpan KeyGrace { get; set; } = Default.KeyGrace;
    public TimeSpan AcceptedHold { get; set; } = Default.AcceptedHold;
    public int WrongKeysPerCall { get; set; } = Default.WrongKeysPerCall;
    public TimeSpan LineDownPause { get; set; } = Default.LineDownPause;
    public TimeSpan LineDownLongestPause { get; set; } = Default.LineDownLongestPause;

    /// <summary>The policy that a dispatch takes with it.</summary>
    public EscalationPolicy ToPolicy() => new()
    {
        AttemptsPerEmployee = AttemptsPerEmployee,
        RetryPause = RetryPause,
        RingTimeout = RingTimeout,
        Plays = Plays,
        AnswerWindow = AnswerWindow,
        RoundPause = RoundPause,
        GiveUpAfter = GiveUpAfter,
        KeyGrace = KeyGrace,
        AcceptedHold = AcceptedHold,
        WrongKeysPerCall = WrongKeysPerCall,
        LineDownPause = LineDownPause,
        LineDownLongestPause = LineDownLongestPause,
    };
}

/// <summary>Stops the process at its start if the policy asks for something absurd. Waits of zero are allowed, for load tests.</summary>
internal sealed class PolicyOptionsValidator : IValidateOptions<PolicyOptions>
{
    public ValidateOptionsResult Validate(string? name, PolicyOptions options)
    {
        List<string?> problems =
        [
            Outside(nameof(options.AttemptsPerEmployee), options.AttemptsPerEmployee, 1, 20),
            Outside(nameof(options.RetryPause), options.RetryPause, TimeSpan.Zero, TimeSpan.FromHours(1)),
            Outside(nameof(options.RingTimeout), options.RingTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(2)),
            Outside(nameof(options.Plays), options.Plays, 1, 5),
            Outside(nameof(options.AnswerWindow), options.AnswerWindow, TimeSpan.Zero, TimeSpan.FromMinutes(1)),
            Outside(nameof(options.RoundPause), options.RoundPause, TimeSpan.Zero, TimeSpan.FromDays(1)),
            Outside(nameof(options.GiveUpAfter), options.GiveUpAfter, TimeSpan.FromSeconds(1), TimeSpan.FromDays(7)),
            Outside(nameof(options.KeyGrace), options.KeyGrace, TimeSpan.Zero, TimeSpan.FromMinutes(5)),
            Outside(nameof(options.AcceptedHold), options.AcceptedHold, TimeSpan.Zero, TimeSpan.FromDays(7)),
            Outside(nameof(options.WrongKeysPerCall), options.WrongKeysPerCall, 0, 10),
            // Without any pause a dead line would be tried without end and without rest.
            Outside(nameof(options.LineDownPause), options.LineDownPause, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1)),
            Outside(nameof(options.LineDownLongestPause), options.LineDownLongestPause, options.LineDownPause, TimeSpan.FromHours(1)),
        ];
        var said = problems.OfType<string>().ToList();
        return said.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(said);
    }

    static string? Outside<T>(string setting, T value, T least, T most) where T : IComparable<T> =>
        value.CompareTo(least) >= 0 && value.CompareTo(most) <= 0 ? null : $"Policy:{setting} is {value}: it must be between {least} and {most}.";
}
