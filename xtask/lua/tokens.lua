-- wrk as many accounts in turn, as the limits are per account. Told by the environment: ROLLCALL_TOKENS.

local tokens = {}
for token in os.getenv("ROLLCALL_TOKENS"):gmatch("[^,]+") do
  tokens[#tokens + 1] = token
end
local at = 0

request = function()
  at = at % #tokens + 1
  wrk.headers["Authorization"] = "Bearer " .. tokens[at]
  return wrk.format()
end
