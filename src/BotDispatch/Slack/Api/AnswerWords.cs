namespace BotDispatch.Slack.Api;

/// <summary>Says in a few words, fit for a log, why a call did not come to what was wanted.</summary>
internal static class AnswerWords
{
    extension(SlackAnswer answer)
    {
        public string Why => answer switch
        {
            SlackAnswer.Ok => "an answer without what was asked for",
            SlackAnswer.Refused { Detail.Length: > 0 } refused => $"{refused.Error} {refused.Detail}",
            SlackAnswer.Refused refused => refused.Error,
            SlackAnswer.Throttled => "throttled",
            SlackAnswer.NotReached not => not.Because,
            SlackAnswer.Lost lost => lost.Because,
            _ => "no answer",
        };
    }
}
