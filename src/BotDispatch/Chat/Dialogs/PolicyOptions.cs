using BotDispatch.Core;
using BotDispatch.Settings;
using Microsoft.Extensions.Options;

namespace BotDispatch.Chat;

/// <summary>How hard a dispatch tries, as set; copied into each dispatch at its start. Section <c>Policy</c>.</summary>
internal sealed class PolicyOptions
{
    static readonly EscalationPolicy Default = new();

    [Within(1, 20)] public int AttemptsPerEmployee { get; set; } = Default.AttemptsPerEmployee;
    [Within("0 s", "1 h")] public TimeSpan RetryPause { get; set; } = Default.RetryPause;
    [Within("1 s", "2 min")] public TimeSpan RingTimeout { get; set; } = Default.RingTimeout;
    [Within(1, 5)] public int Plays { get; set; } = Default.Plays;
    [Within("0 s", "1 min")] public TimeSpan AnswerWindow { get; set; } = Default.AnswerWindow;
    [Within("0 s", "1 d")] public TimeSpan RoundPause { get; set; } = Default.RoundPause;
    [Within(0, 100)] public int Rounds { get; set; } = Default.Rounds;
    [Within("1 s", "7 d")] public TimeSpan GiveUpAfter { get; set; } = Default.GiveUpAfter;
    [Within("0 s", "5 min")] public TimeSpan KeyGrace { get; set; } = Default.KeyGrace;
    [Within("1 s", "1 h")] public TimeSpan RecordsTimeout { get; set; } = Default.RecordsTimeout;
    [Within("0 s", "7 d")] public TimeSpan AcceptedHold { get; set; } = Default.AcceptedHold;
    [Within(0, 10)] public int WrongKeysPerCall { get; set; } = Default.WrongKeysPerCall;
    // Without any pause a dead line would be tried without end and without rest.
    [Within("1 s", "1 h")] public TimeSpan LineDownPause { get; set; } = Default.LineDownPause;
    [Within("1 s", "1 h")] public TimeSpan LineDownLongestPause { get; set; } = Default.LineDownLongestPause;

    /// <summary>The policy that a dispatch takes with it.</summary>
    public EscalationPolicy ToPolicy() => new()
    {
        AttemptsPerEmployee = AttemptsPerEmployee,
        RetryPause = RetryPause,
        RingTimeout = RingTimeout,
        Plays = Plays,
        AnswerWindow = AnswerWindow,
        RoundPause = RoundPause,
        Rounds = Rounds,
        GiveUpAfter = GiveUpAfter,
        KeyGrace = KeyGrace,
        RecordsTimeout = RecordsTimeout,
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
        var said = WithinAttribute.Wrong("Policy", options).ToList();
        if (options.LineDownLongestPause < options.LineDownPause)
            said.Add($"Policy:LineDownLongestPause is {HumanDuration.Write(options.LineDownLongestPause)}: it must not be shorter than "
                + $"Policy:LineDownPause, {HumanDuration.Write(options.LineDownPause)}.");
        return said.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(said);
    }
}
